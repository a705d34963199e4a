// Package ingest turns raw pages into articles. A page that somebody has
// prepared has a record beside it that names the lines of its canonical text;
// any other page is read by heuristics that are general, never certain, and
// say what they could not find. [Dir] streams a folder of both.
//
// The canonical text is the title, the subtitle and the body lines, joined by
// one "\n", with white space (Unicode White_Space) removed at both ends of a
// line and nothing else changed. Every code point of it, line breaks aside, is
// mapped back to the raw file it came from.
package ingest
