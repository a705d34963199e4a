// Package pages reads the pages of a column of a Parquet file, whoever wrote it, a few
// values at a time. Every size and count that a file declares is held against the
// others, against the bytes that are there and against a limit of memory before
// anything is made for it: pages of many equal values, of compressed nothing or of
// prefixes of prefixes take no more room than others. Decoding is as Encodings.md and
// Compression.md of parquet-format have it.
package pages
