// Package predictions reads and writes annotations as Parquet tables: those of
// a release, or tables that any program wrote. It registers them as the format
// "parquet" of package labels.
package predictions
