// Package labels reads and writes annotations as they stand in files: the hand
// labels of a corpus and the predictions of extractors.
//
// Every format is one [Format] in one table; [Lookup], [All] and [DetectFormat]
// find it, [Register] adds one. A reader yields a stream of [Document] and error
// items: a record that cannot be read is a [RecordError] with file and line, and
// reading goes on after it; only an I/O error ends the stream. Offsets in a
// [Document] are Unicode code points.
package labels

import (
	"io"
	"iter"

	"github.com/mizan-corpus/mizan/internal/labels"
	_ "github.com/mizan-corpus/mizan/internal/labels/formats" // fills the table
)

// What a file holds.
type (
	// Document is the labels of one article, with the place of each item.
	Document = labels.Document
	// Position is a file and a line.
	Position = labels.Position
	// RecordError is one record that cannot be read.
	RecordError = labels.RecordError
)

// How it is read and written.
type (
	// Format is one annotation format.
	Format = labels.Format
	// Layout says how a format spreads articles over files.
	Layout = labels.Layout
	// Unit is what offsets count.
	Unit = labels.Unit
	// ReadOptions is what a reader may need besides the file.
	ReadOptions = labels.ReadOptions
	// WriteOptions is what a writer may need besides the documents.
	WriteOptions = labels.WriteOptions
	// Source is a file or a folder that is read.
	Source = labels.Source
	// Output is where a format writes.
	Output = labels.Output
)

// The layouts.
const (
	OneFile        = labels.OneFile        // all articles in one file
	FilePerArticle = labels.FilePerArticle // a folder with one file (or more) an article
)

// All lists the formats by name.
func All() []*Format { return labels.All() }

// Lookup finds a format by its name or another name for it.
func Lookup(name string) (*Format, error) { return labels.Lookup(name) }

// DetectFormat finds the format of a file or folder by its names and first bytes.
func DetectFormat(src Source) (*Format, error) { return labels.DetectFormat(src) }

// Register adds a format to the table. It panics when the name is empty or taken or
// there is no reader: all mistakes of the program, not of its input.
func Register(f Format) { labels.Register(f) }

// ReadAll collects a stream of documents; its error joins the records that could
// not be read.
func ReadAll(docs iter.Seq2[*Document, error]) ([]*Document, error) { return labels.ReadAll(docs) }

// FileSource is a file or folder of the file system.
func FileSource(name string) Source { return labels.FileSource(name) }

// DirOutput writes files into a folder, which is made where it is missing.
func DirOutput(dir string) Output { return labels.DirOutput(dir) }

// StreamOutput writes to w, for formats with all articles in one file.
func StreamOutput(w io.Writer) Output { return labels.StreamOutput(w) }

// FileOutput writes to one file, whole or not at all.
func FileOutput(name string) Output { return labels.FileOutput(name) }
