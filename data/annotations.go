package data

import (
	"cmp"
	"iter"

	"github.com/mizan-corpus/mizan/schema"
)

// Annotations streams the gold labels of the labelled articles in ascending
// order of doc_id.
func (r *Release) Annotations() iter.Seq2[*schema.Annotation, error] {
	return r.AnnotationsOf(ReadOptions{})
}

// AnnotationsOf is [Release.Annotations] with a choice of parts and split. It
// is a merge join of the tables, which are in one order, so that memory is
// bounded by some thousand labels and those of one article. Only the columns of
// the wanted parts are read. Rows of an article that is not there or not
// labelled are a [ReferenceError].
func (r *Release) AnnotationsOf(opt ReadOptions) iter.Seq2[*schema.Annotation, error] {
	if opt.Parts == 0 {
		opt.Parts = AllParts
	}
	var splits []iter.Seq2[*schema.Annotation, error]
	for _, split := range r.manifest.Splits {
		if opt.Split == "" || opt.Split == split {
			splits = append(splits, r.splitAnnotations(split, opt))
		}
	}
	return merge(splits, func(a, b *schema.Annotation) int { return cmp.Compare(a.DocID, b.DocID) })
}

func (r *Release) splitAnnotations(split string, opt ReadOptions) iter.Seq2[*schema.Annotation, error] {
	files := func(table string) []FileInfo { return r.manifest.TableFiles(table)[split] }
	return func(yield func(*schema.Annotation, error) bool) {
		j := &labelJoin{
			mentions:  &batchJoin[schema.Mention]{table: TableMentions},
			events:    &batchJoin[schema.Event]{table: TableEvents},
			arguments: &batchJoin[argumentItem]{table: TableArguments},
		}
		if opt.Parts.Has(PartMentions) {
			j.mentions.stream = streamBatches[MentionRow](r.fsys, files(TableMentions), mentionDecoder(opt.SpansOnly), !opt.NoText)
		}
		if opt.Parts.Has(PartEvents) {
			j.events.stream = streamBatches[EventRow](r.fsys, files(TableEvents), decodeEvents, !opt.NoText)
		}
		if opt.Parts.Has(PartArguments) {
			j.arguments.stream = streamBatches[ArgumentRow](r.fsys, files(TableArguments), decodeArguments, !opt.NoText)
		}
		defer j.stop()
		for head, err := range chain(r.fsys, files(TableArticles), articleHeads) {
			if err == nil && !head.Labelled {
				continue
			}
			var a *schema.Annotation
			if err == nil {
				a, err = j.annotation(head.DocID)
			}
			if !yield(a, err) || err != nil {
				return
			}
		}
		if err := cmp.Or(j.mentions.end(), j.events.end(), j.arguments.end()); err != nil {
			yield(nil, err)
		}
	}
}
