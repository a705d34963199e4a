// Package diff says what tells one dataset from an older one, row by row and
// label by label, and which version that asks for.
package diff
