// Package walk goes through a dataset article by article, with all that the
// tables say of each, and sums up their content hashes on the way.
package walk
