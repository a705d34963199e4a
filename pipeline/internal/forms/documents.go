package forms

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/align"
	"github.com/mizan-corpus/mizan/internal/wording"
	"github.com/mizan-corpus/mizan/pipeline/internal/exit"
	"github.com/mizan-corpus/mizan/pipeline/internal/join"
	"github.com/mizan-corpus/mizan/schema"
)

// Reading is how the documents of a source are read, and what was met on the way.
type Reading struct {
	Format *labels.Format
	Source labels.Source
	Unit   *labels.Unit // of the offsets where the file cannot tell; nil where it can
	// Annotator is whose annotations are read, Layers the ends of the names of the
	// types, where a format has several; the zero values are the format's choice.
	Annotator string
	Layers    []string
	Columns   []int // of CoNLL

	Say   func(string, ...any)
	Open  bool // the ontology is still to be made: no label is unknown
	Whole bool // a bad record refuses all of them; else it is left out where others are good

	Articles   int            // that were read
	Found      string         // how the articles of some were found otherwise than by id
	Unknown    map[string]int // labels that are in no list of the ontology, which were taken for mentions
	Left       Loss           // what no annotation has a place for
	Guessed    []Guess        // spans without offsets whose surface stands in several places
	Unlabelled []Unlabelled   // articles of the file that nobody has labelled
	Bad        []error        // records that were left out

	remarks remarks
	seen    map[string]labels.Position // where each article stands
}

// Unlabelled is an article that a file has and that nobody has labelled.
type Unlabelled struct {
	DocID string `json:"doc_id"`
	At    string `json:"at"`
	Why   string `json:"why"`
}

// explicit are the formats that say of every label what it is.
var explicit = []string{"json", "jsonl", "parquet"}

// Documents streams the documents with their spans placed in the texts of a
// dataset. Bad records are left out, or come as one error at the end where all
// are needed or no record is good. Reading again begins anew.
func (r *Reading) Documents(ds dataset.Dataset) iter.Seq2[*labels.Document, error] {
	return func(yield func(*labels.Document, error) bool) {
		*r = Reading{Format: r.Format, Source: r.Source, Unit: r.Unit, Annotator: r.Annotator, Layers: r.Layers, Columns: r.Columns, Say: r.Say, Open: r.Open, Whole: r.Whole,
			Unknown: map[string]int{}, seen: map[string]labels.Position{}}
		o, err := ds.Ontology()
		if err != nil {
			yield(nil, err)
			return
		}
		texts := join.NewCursor(ds)
		defer texts.Close()
		resolver := align.Resolver{Text: texts.Text, Strict: true, Listed: func(l align.Listed) { r.listed(l, texts) }}
		finder := join.NewFinder(texts)
		for d, err := range resolver.All(r.Format.Read(r.Source, r.options(texts, finder, o))) {
			if err == nil {
				err = r.once(d)
			}
			if err != nil {
				r.Bad = append(r.Bad, err)
				continue
			}
			r.Articles++
			r.noteUnknown(d, o)
			if (len(r.Bad) == 0 || !r.Whole) && !yield(d, nil) {
				return
			}
		}
		r.Found = finder.String()
		if texts.Err != nil { // without texts offsets would be taken as they are
			yield(nil, texts.Err)
			return
		}
		r.report(resolver.Unknown, o)
		if len(r.Bad) > 0 && (r.Whole || r.Articles == 0) {
			yield(nil, exit.WithHint(join.BadRecords(r.Source.Name, r.Bad), "nothing was written; mend or remove these records and run again"))
		}
	}
}

func (r *Reading) options(texts *join.Cursor, finder *join.Finder, o *schema.Ontology) labels.ReadOptions {
	return labels.ReadOptions{Text: texts.Text, Find: finder.Find, Ontology: o, Unit: r.Unit, Annotator: r.Annotator, Types: r.Layers, Columns: r.Columns, Warn: r.remarks.add, Left: r.Left.Left,
		Unlabelled: func(at labels.Position, docID, why string) {
			r.Unlabelled = append(r.Unlabelled, Unlabelled{DocID: docID, At: at.String(), Why: why})
		}}
}

// once refuses a second record of an article: files of one article each would
// be written over each other, and labels of one article stand together.
func (r *Reading) once(d *labels.Document) error {
	first, twice := r.seen[d.DocID]
	if !twice {
		r.seen[strings.Clone(d.DocID)] = d.At
		return nil
	}
	return &labels.RecordError{At: d.At, DocID: d.DocID, What: "doc_id", Found: fmt.Sprintf("%q again", d.DocID),
		Expected: fmt.Sprintf("one record an article; the first is at %s", first)}
}

// At is where an article stands that was read, false for one that was not.
func (r *Reading) At(docID string) (labels.Position, bool) {
	at, ok := r.seen[docID]
	return at, ok
}

// report says what was met on the way.
func (r *Reading) report(unknown int, o *schema.Ontology) {
	r.remarks.say(r.Say)
	r.sayUnlabelled()
	if unknown > 0 {
		r.Say("%s without a text in the dataset: offsets are taken as they are", wording.Count(unknown, "article"))
	}
	for _, label := range slices.Sorted(maps.Keys(r.Unknown)) {
		r.Say("label %q: in no list of the ontology %s, taken for a mention, %s", label, o.Name, wording.Count(r.Unknown[label], "time"))
	}
	r.sayGuessed()
	r.Left.Say(r.Say, "")
	if len(r.Bad) > 0 && !r.Whole && r.Articles > 0 {
		r.Say("%s", join.BadRecords(r.Source.Name, r.Bad))
		r.Say("%s left out, %s read", wording.Count(len(r.Bad), "bad record"), wording.Count(r.Articles, "article"))
	}
}

func (r *Reading) sayUnlabelled() {
	byWhy := map[string][]string{}
	for _, u := range r.Unlabelled {
		byWhy[u.Why] = append(byWhy[u.Why], fmt.Sprintf("%s (%s)", u.At, u.DocID))
	}
	for _, why := range slices.Sorted(maps.Keys(byWhy)) {
		list := byWhy[why]
		r.Say("not labelled, and so left out: %s, %s: %s", wording.Count(len(list), "article"), why, wording.FirstOf(list))
	}
}

// noteUnknown counts the mentions whose type the ontology does not have, in a
// format that does not say that they are mentions.
func (r *Reading) noteUnknown(d *labels.Document, o *schema.Ontology) {
	if r.Open || slices.Contains(explicit, r.Format.Name) {
		return
	}
	for i := range d.Mentions {
		if t := d.Mentions[i].Type; o.MentionType(t) == nil {
			r.Unknown[t]++
		}
	}
}
