// Package canonical makes an article's canonical text of the lines of its raw
// text, and the map from the one to the other.
package canonical
