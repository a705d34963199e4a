// Package labels is annotations as they stand in files: the hand labels of a
// corpus and the predictions of extractors.
//
// Every format is one [Format] in one table; [Lookup], [All] and [DetectFormat]
// find it. Importing labels/formats fills the table. A reader yields a stream of
// [Document] and error items: a record that cannot be read is a [RecordError]
// with file and line, and reading goes on after it; only an I/O error ends the
// stream.
//
// Offsets in a [Document] are Unicode code points. The packages below this one
// do the rest: labels/native reads and writes the project's own files,
// labels/align places predictions that count in another [Unit] or give surface
// text only, labels/check holds labels against their texts and the ontology, and
// labels/rebase carries them over when a text changes.
package labels
