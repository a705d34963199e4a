// Package schema says what a row is: articles, mentions, actors, events and
// arguments, the spans that tie them to a text, the ontology whose codes they
// carry, and the version of all of these. It uses the standard library only,
// and everything else in the module builds on it.
package schema

// ToolVersion is the version of this program, recorded in every release and
// under every score.
const ToolVersion = "0.1.0"

// SchemaVersion is the version of the tables' columns and their meaning.
const SchemaVersion = "1.1.0"

// OffsetUnit names the unit of every stored offset.
const OffsetUnit = "unicode_code_point"
