package forms

import (
	"iter"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/labels/align"
	"github.com/mizan-corpus/mizan/internal/wording"
	"github.com/mizan-corpus/mizan/labels"
	"github.com/mizan-corpus/mizan/pipeline/internal/exit"
	"github.com/mizan-corpus/mizan/pipeline/internal/join"
)

// Documents streams the documents of a source with their spans placed in the
// texts, and counts them. All bad records come as one error at the end. say
// takes the remarks.
func Documents(ds dataset.Dataset, from *labels.Format, source labels.Source, unit *labels.Unit, say func(string, ...any), articles *int) iter.Seq2[*labels.Document, error] {
	return func(yield func(*labels.Document, error) bool) {
		o, err := ds.Ontology()
		if err != nil {
			yield(nil, err)
			return
		}
		texts := join.NewCursor(ds)
		defer texts.Close()
		resolver := align.Resolver{Text: texts.Text, Unaligned: func(u align.Unaligned) {
			say("%s: %s %q has no place in the text: %s", u.At, u.Item, u.Text, u.Reason)
		}}
		opt := labels.ReadOptions{Text: texts.Text, Ontology: o, Unit: unit, Warn: func(at labels.Position, remark string) { say("%s: %s", at, remark) }}
		var bad []error
		for d, err := range resolver.All(from.Read(source, opt)) {
			if err != nil {
				bad = append(bad, err)
				continue
			}
			*articles++
			if len(bad) == 0 && !yield(d, nil) {
				return
			}
		}
		if texts.Err != nil { // without texts offsets would be taken as they are
			yield(nil, texts.Err)
			return
		}
		if resolver.Unknown > 0 {
			say("%s without a text in the dataset: offsets are taken as they are", wording.Count(resolver.Unknown, "article"))
		}
		if len(bad) > 0 {
			yield(nil, exit.WithHint(join.BadRecords(source.Name, bad), "nothing was written; mend or remove these records and run again"))
		}
	}
}
