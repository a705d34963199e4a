package release

import (
	"cmp"
	"iter"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/streams"
	"github.com/mizan-corpus/mizan/internal/data/tables"
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
// labelled are a [tables.ReferenceError].
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
	return streams.Merge(splits, func(a, b *schema.Annotation) int { return cmp.Compare(a.DocID, b.DocID) })
}

func (r *Release) splitAnnotations(split string, opt ReadOptions) iter.Seq2[*schema.Annotation, error] {
	files := func(table string) []dataset.FileInfo { return r.manifest.TableFiles(table)[split] }
	return func(yield func(*schema.Annotation, error) bool) {
		j := &tables.LabelJoin{
			Mentions:  &tables.BatchJoin[schema.Mention]{Table: dataset.TableMentions},
			Events:    &tables.BatchJoin[schema.Event]{Table: dataset.TableEvents},
			Arguments: &tables.BatchJoin[tables.ArgumentItem]{Table: dataset.TableArguments},
		}
		if opt.Parts.Has(PartMentions) {
			j.Mentions.Stream = tables.StreamBatches[tables.MentionRow](r.fsys, files(dataset.TableMentions), tables.MentionDecoder(opt.SpansOnly), !opt.NoText)
		}
		if opt.Parts.Has(PartEvents) {
			j.Events.Stream = tables.StreamBatches[tables.EventRow](r.fsys, files(dataset.TableEvents), tables.DecodeEvents, !opt.NoText)
		}
		if opt.Parts.Has(PartArguments) {
			j.Arguments.Stream = tables.StreamBatches[tables.ArgumentRow](r.fsys, files(dataset.TableArguments), tables.DecodeArguments, !opt.NoText)
		}
		defer j.Stop()
		for head, err := range tables.Chain(r.fsys, files(dataset.TableArticles), tables.ArticleHeads) {
			if err == nil && !head.Labelled {
				continue
			}
			var a *schema.Annotation
			if err == nil {
				a, err = j.Annotation(head.DocID)
			}
			if err == nil {
				a.NotLabelled = head.NotLabelled
			}
			if !yield(a, err) || err != nil {
				return
			}
		}
		if err := cmp.Or(j.Mentions.End(), j.Events.End(), j.Arguments.End()); err != nil {
			yield(nil, err)
		}
	}
}
