package pipeline

import (
	"context"
	"fmt"
	"io"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/align"
	"github.com/mizan-corpus/mizan/internal/labels/check"
	"github.com/mizan-corpus/mizan/internal/labels/native"
	"github.com/mizan-corpus/mizan/internal/labels/placement"
	"github.com/mizan-corpus/mizan/internal/wording"
	"github.com/mizan-corpus/mizan/pipeline/internal/exit"
	"github.com/mizan-corpus/mizan/schema"
)

// fix sets the offsets of spans that have none, or whose surface is not at theirs,
// where the surface has one place only, and writes the label files anew. It
// returns the corpus as it then is.
func (opt *LintOptions) fix(ctx context.Context, s Streams, corpus *check.Corpus) (*check.Corpus, error) {
	if opt.Labels == "" || corpus.Foreign != "" {
		return nil, exit.WithHint(exit.Usagef("--fix is for a folder of label files"), "dataset convert --to json makes one of labels in another format")
	}
	texts := map[string]*schema.Index{}
	for _, a := range corpus.Articles {
		texts[a.DocID] = schema.NewIndex(a.Text)
	}
	spans, files := 0, 0
	for _, d := range corpus.Documents {
		n, err := opt.fixFile(s, d, texts[d.DocID])
		if err != nil {
			return nil, err
		}
		if n > 0 {
			spans, files = spans+n, files+1
		}
	}
	s.say("offsets set of %s in %s", wording.Count(spans, "span"), wording.Count(files, "label file"))
	if spans == 0 {
		return corpus, nil
	}
	return opt.corpus(ctx, s)
}

// fixFile sets the offsets of one file and returns of how many spans.
func (opt *LintOptions) fixFile(s Streams, d *labels.Document, x *schema.Index) (int, error) {
	if x == nil {
		return 0, nil
	}
	type was struct {
		span schema.Span
		text string
	}
	before := map[*schema.Span]was{}
	for r := range d.Spans() {
		if r.Text == nil || *r.Text == "" {
			continue
		}
		before[r.Span] = was{*r.Span, *r.Text}
		if surface, ok := x.Slice(*r.Span); r.Span.IsSet() && (!ok || surface != *r.Text) {
			*r.Span = schema.NoSpan
		}
	}
	least := placement.Folded // one place, in whatever spelling
	resolver := align.Resolver{Text: func(string) *schema.Index { return x }, Least: &least}
	if err := resolver.Resolve(d); err != nil {
		return 0, nil // what is wrong with the file is a finding
	}
	n := 0
	for r := range d.Spans() {
		old, known := before[r.Span]
		switch {
		case !known:
		case !r.Span.IsSet():
			*r.Span, *r.Text = old.span, old.text // the findings say what is wrong with it
		case old.span != *r.Span || old.text != *r.Text:
			n++
			if !opt.Quiet {
				s.say("%s: %s %q: offsets set to %v", r.At, r, old.text, *r.Span)
			}
		}
	}
	if n == 0 {
		return 0, nil
	}
	b, err := native.AppendFile(nil, d)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", d.At.File, err)
	}
	return n, labels.FileOutput(d.At.File).WriteFile("", func(w io.Writer) error { _, err := w.Write(b); return err })
}
