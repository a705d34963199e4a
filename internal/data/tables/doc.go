// Package tables is the Parquet tables: their rows and columns, order and
// canonical form, the writer and the readers. It alone knows the Parquet
// library.
package tables
