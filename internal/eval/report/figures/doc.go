// Package figures lays out the figures of a result for people to read: which
// rows there are, and how numbers are written.
package figures
