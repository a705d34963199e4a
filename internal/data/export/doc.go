// Package export writes a whole dataset in forms beside the Parquet tables of
// a release. A form is one file of this package that registers itself.
package export
