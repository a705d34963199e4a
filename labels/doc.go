// Package labels reads, writes, aligns and checks annotations: the hand labels
// of the corpus and the predictions of extractors.
//
// Every format is one [Format] in one table and lives in one file that
// registers itself; [Lookup], [All] and [DetectFormat] find it. A reader yields
// a stream of [Document] and error items: a record that cannot be read is a
// [RecordError] with file and line, and reading goes on after it; only an I/O
// error ends the stream.
//
// Offsets in a [Document] are Unicode code points. Predictions that count in
// another unit, or that give surface text only, go through a [Resolver].
// [Check] holds labels against their texts, their table of actors and the
// ontology.
package labels
