package field

import (
	"strings"

	"github.com/mizan-corpus/mizan/schema"
)

// Kind is what a column holds.
type Kind int

// The kinds of column. A list is in its order; an offset is a code point of the
// article's text.
const (
	Text     Kind = iota // a string; "" is absent
	Date                 // a string, ISO 8601 "2016-07-05"; "" is absent
	Start                // the first code point of a span
	End                  // the code point after a span's last
	Whole                // a whole number of 32 bits
	Flag                 // yes or no
	Maybe                // yes, no, or not known
	Number               // a floating-point number, or not given
	Texts                // a list of strings
	Spans                // a list of spans
	Segments             // a list of raw segments
)

// Trait is what is particular about a column.
type Trait uint

// The traits of columns.
const (
	Nullable  Trait = 1 << iota // may be null: its absent value is stored as null
	Repeating                   // has few distinct values: a dictionary pays
	Long                        // text of any length, which gets no bounds
	Sought                      // is looked up by value: gets a Bloom filter
	Attribute                   // a plain property of a label, which formats of graphs carry under its name
	Predicted                   // only predictions have it
	Derived                     // follows from other columns: no label file and no prediction has it
)

// Column is one column of a table, for programs and people that describe it.
type Column struct {
	Name    string
	Kind    Kind
	Traits  Trait
	Since   string // schema version that brought it
	Meaning string // one line
	codes   codes  // of the ontology that may stand in it; nil where it lists none
}

// Has reports whether the column has the trait.
func (c *Column) Has(t Trait) bool { return c.Traits&t != 0 }

// Members is the names of the numbers that an element of a list is made of, nil
// where its elements are strings or it is no list.
func (c *Column) Members() []string {
	switch c.Kind {
	case Spans:
		return []string{"start", "end"}
	case Segments:
		return []string{"start", "raw_start", "length"}
	}
	return nil
}

// Element is the type of the column's values: "string", "date", "int32",
// "bool", "float64"; of a list's elements, or of their members.
func (c *Column) Element() string {
	switch c.Kind {
	case Text, Texts:
		return "string"
	case Date:
		return "date"
	case Flag, Maybe:
		return "bool"
	case Number:
		return "float64"
	}
	return "int32"
}

// List reports whether the column holds lists.
func (c *Column) List() bool { return c.Kind >= Texts }

// Type is the column's type in words: "string", "date", "int32", "bool",
// "float64", "list of …", with "nullable " before it where it may be null.
func (c *Column) Type() string {
	name := c.Element()
	if members := c.Members(); members != nil {
		name = "struct{" + strings.Join(members, " int32, ") + " int32}"
	}
	if c.List() {
		name = "list of " + name
	}
	if c.Has(Nullable) {
		name = "nullable " + name
	}
	return name
}

// Field is a column and the place of its value in a T. Of the functions that
// give the place the one for the column's kind is set; a derived column has
// none.
type Field[T any] struct {
	Column
	Text     func(*T) *string      // of Text and Date
	Span     func(*T) *schema.Span // of Start and End
	Whole    func(*T) *int32
	Flag     func(*T) *bool
	Maybe    func(*T) **bool
	Number   func(*T) **float64
	Texts    func(*T) *[]string
	Spans    func(*T) *[]schema.Span
	Segments func(*T) *[]schema.RawSegment
}

// Offset is the place of the value of a Start or an End.
func (f *Field[T]) Offset(item *T) *int32 {
	span := f.Span(item)
	if f.Kind == Start {
		return &span.Start
	}
	return &span.End
}

// With is the field with more traits.
func (f Field[T]) With(t Trait) Field[T] {
	f.Traits |= t
	return f
}

// Lift is the fields of a part as fields of the whole that it is in.
func Lift[Part, Whole any](fields []Field[Part], part func(*Whole) *Part) []Field[Whole] {
	lifted := make([]Field[Whole], len(fields))
	for i, f := range fields {
		lifted[i] = Field[Whole]{f.Column, within(f.Text, part), within(f.Span, part), within(f.Whole, part), within(f.Flag, part),
			within(f.Maybe, part), within(f.Number, part), within(f.Texts, part), within(f.Spans, part), within(f.Segments, part)}
	}
	return lifted
}

func within[Part, Whole, V any](at func(*Part) *V, part func(*Whole) *Part) func(*Whole) *V {
	if at == nil {
		return nil
	}
	return func(w *Whole) *V { return at(part(w)) }
}

// Table is a table of a release.
type Table struct {
	Name       string
	Meaning    string // what a row is
	Columns    []Column
	Key        []string // the columns that name a row; nil where none do
	Order      []string // the columns by which rows are sorted first
	References []Reference
}

// Reference is columns of a table that name a row of another.
type Reference struct {
	Columns []string
	Table   string
	Keys    []string // its columns
}

// Column is the column of that name, nil where there is none.
func (t *Table) Column(name string) *Column {
	for i := range t.Columns {
		if t.Columns[i].Name == name {
			return &t.Columns[i]
		}
	}
	return nil
}

// TableByName is the table of that name, nil where there is none.
func TableByName(name string) *Table {
	for i := range Tables {
		if Tables[i].Name == name {
			return &Tables[i]
		}
	}
	return nil
}

// FirstVersion is the first schema version.
const FirstVersion = "1.0.0"

// column makes a column since the first schema version.
func column(kind Kind, name string, traits Trait, meaning string) Column {
	return Column{Name: name, Kind: kind, Traits: traits, Since: FirstVersion, Meaning: strings.TrimSpace(meaning)}
}

// The following make a field of each kind.

func text[T any](name string, traits Trait, at func(*T) *string, meaning string) Field[T] {
	return Field[T]{Column: column(Text, name, traits, meaning), Text: at}
}

func date[T any](name string, traits Trait, at func(*T) *string, meaning string) Field[T] {
	return Field[T]{Column: column(Date, name, traits, meaning), Text: at}
}

// span makes the two columns of a span.
func span[T any](start, end string, traits Trait, at func(*T) *schema.Span, first, last string) []Field[T] {
	return []Field[T]{{Column: column(Start, start, traits, first), Span: at}, {Column: column(End, end, traits, last), Span: at}}
}

func flag[T any](name string, traits Trait, at func(*T) *bool, meaning string) Field[T] {
	return Field[T]{Column: column(Flag, name, traits, meaning), Flag: at}
}

func maybe[T any](name string, traits Trait, at func(*T) **bool, meaning string) Field[T] {
	return Field[T]{Column: column(Maybe, name, traits|Nullable, meaning), Maybe: at}
}

func texts[T any](name string, traits Trait, at func(*T) *[]string, meaning string) Field[T] {
	return Field[T]{Column: column(Texts, name, traits, meaning), Texts: at}
}

func spans[T any](name string, at func(*T) *[]schema.Span, meaning string) Field[T] {
	return Field[T]{Column: column(Spans, name, Nullable, meaning), Spans: at}
}

func fragments[T any](at func(*T) *[]schema.Span) Field[T] {
	return spans("fragments", at, "the parts of a discontinuous span in text order; null when contiguous")
}

// since is a field that a later schema version than the first brought.
func since[T any](version string, f Field[T]) Field[T] {
	f.Since = version
	return f
}

func confidence[T any](at func(*T) **float64) Field[T] {
	return Field[T]{Column: column(Number, "confidence", Nullable|Predicted, "the predictor's belief, from 0 to 1"), Number: at}
}
