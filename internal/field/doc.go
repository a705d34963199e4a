// Package field is the one table of fields: every column of every table with its
// kind, meaning, the schema version that brought it and the place of its value in
// the types of package schema. What reads, writes or describes columns goes by it.
package field
