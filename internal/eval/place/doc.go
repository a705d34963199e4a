// Package place says where a label stands: a span, and for a discontinuous
// label the parts of it that are its own.
package place
