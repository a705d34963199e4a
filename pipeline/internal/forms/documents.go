package forms

import (
	"iter"
	"maps"
	"slices"

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
	Say    func(string, ...any)
	Open   bool // the ontology is still to be made: no label is unknown

	Articles int            // that were read
	Unknown  map[string]int // labels that are in no list of the ontology, which were taken for mentions
}

// explicit are the formats that say of every label what it is.
var explicit = []string{"json", "jsonl", "parquet"}

// Documents streams the documents with their spans placed in the texts of a
// dataset. All bad records come as one error at the end. Reading again begins
// anew.
func (r *Reading) Documents(ds dataset.Dataset) iter.Seq2[*labels.Document, error] {
	return func(yield func(*labels.Document, error) bool) {
		r.Articles, r.Unknown = 0, map[string]int{}
		o, err := ds.Ontology()
		if err != nil {
			yield(nil, err)
			return
		}
		texts := join.NewCursor(ds)
		defer texts.Close()
		resolver := align.Resolver{Text: texts.Text, Unaligned: func(u align.Unaligned) {
			r.Say("%s: %s %q has no place in the text: %s", u.At, u.Item, u.Text, u.Reason)
		}}
		opt := labels.ReadOptions{Text: texts.Text, Ontology: o, Unit: r.Unit, Warn: func(at labels.Position, remark string) { r.Say("%s: %s", at, remark) }}
		var bad []error
		for d, err := range resolver.All(r.Format.Read(r.Source, opt)) {
			if err != nil {
				bad = append(bad, err)
				continue
			}
			r.Articles++
			r.noteUnknown(d, o)
			if len(bad) == 0 && !yield(d, nil) {
				return
			}
		}
		if texts.Err != nil { // without texts offsets would be taken as they are
			yield(nil, texts.Err)
			return
		}
		if resolver.Unknown > 0 {
			r.Say("%s without a text in the dataset: offsets are taken as they are", wording.Count(resolver.Unknown, "article"))
		}
		for _, label := range slices.Sorted(maps.Keys(r.Unknown)) {
			r.Say("label %q: in no list of the ontology %s, taken for a mention, %s", label, o.Name, wording.Count(r.Unknown[label], "time"))
		}
		if len(bad) > 0 {
			yield(nil, exit.WithHint(join.BadRecords(r.Source.Name, bad), "nothing was written; mend or remove these records and run again"))
		}
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
