package join

import (
	"context"
	"errors"
	"iter"
	"os"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/scoring"
	"github.com/mizan-corpus/mizan/internal/labels/typemap"
	"github.com/mizan-corpus/mizan/schema"
)

// Input is a dataset, and the predictions that are held against its labels.
type Input struct {
	Dataset *Dataset
	Path    string       // of the predictions
	Format  string       // that they are in; "" detects it
	Map     *typemap.Map // of their types and roles to the labels'; nil for none
	// Predicted is predictions in memory instead of a file; they may be asked for
	// more than once.
	Predicted iter.Seq2[*schema.Annotation, error]
}

// Score counts the pairs. watch, when there is one, sees them on their way to
// the counts, as they are in full.
func (in *Input) Score(ctx context.Context, iou int, opt scoring.Options, watch func(iter.Seq2[*eval.Pair, error]) iter.Seq2[*eval.Pair, error]) (ev *scoring.Evaluation, err error) {
	if err := in.there(); err != nil {
		return nil, err
	}
	settings, err := in.Dataset.Settings(iou)
	if err != nil {
		return nil, err
	}
	base, err := in.Dataset.Signature()
	if err != nil {
		return nil, err
	}
	o, err := in.Dataset.Data.Ontology()
	if err == nil {
		err = in.Map.Check(o)
	}
	if err != nil {
		return nil, err
	}
	base.Map = in.Map.String()
	needs := opt.Needs
	if watch != nil || in.Map != nil {
		needs = nil
	}
	pred, err := in.read(needs, func(p pairs, met *scoring.JoinReport) error {
		if watch != nil {
			p = watch(p)
		}
		ev, err = scoring.Evaluate(ctx, p, settings, base, met, opt)
		return err
	})
	if err != nil {
		return nil, err
	}
	ev.Result.Warnings = append(ev.Result.Warnings, pred.warnings()...)
	for _, c := range pred.mapped.List() {
		ev.Result.Mapped = append(ev.Result.Mapped, scoring.MappedName{Kind: string(c.Kind), From: c.From, To: c.To, Items: c.Items})
	}
	return ev, nil
}

// Pairs hands every pair to begin's function. begin is called again when the
// reading starts anew from the beginning.
func (in *Input) Pairs(begin func() func(*eval.Pair) error) error {
	if err := in.there(); err != nil {
		return err
	}
	_, err := in.read(nil, func(p pairs, _ *scoring.JoinReport) error {
		add := begin()
		for pair, err := range p {
			if err == nil {
				err = add(pair)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	return err
}

// there reports a file of predictions that is not there.
func (in *Input) there() error {
	if in.Predicted != nil {
		return nil
	}
	_, err := os.Stat(in.Path)
	return err
}

// read joins gold and predictions and has the pairs used; needs says what of
// them is looked at, nil for everything. Where predictions turn out to lack
// offsets or to be in another order, it is done again accordingly. It returns
// the predictions with what was met in them.
func (in *Input) read(needs func() (eval.Needs, error), use func(pairs, *scoring.JoinReport) error) (*predictions, error) {
	pred, err := in.open()
	if err != nil {
		return nil, err
	}
	how := everything
	if needs != nil {
		how.surfaces = false
		if how.needs, err = needs(); err != nil {
			return nil, err
		}
		how.trusted = pred.format != nil && pred.format.Name == "parquet" && !how.needs.Articles
	}
	texts := NewCursor(in.Dataset.Data)
	defer texts.Close()
	err = in.once(pred, texts, how, scoring.Join, use)
	if errors.Is(err, errNoOffsets) { // no text was looked at
		how = everything
		err = in.once(pred, texts, how, scoring.Join, use)
	}
	if errors.Is(err, scoring.ErrUnsorted) { // the texts are in memory, if any were looked at
		err = in.once(pred, texts, how, scoring.JoinBuffered, use)
	}
	if err != nil {
		return nil, err
	}
	return pred, nil
}

type joinFunc = func(gold, pred annotations, article func(string) (*schema.Article, error), met *scoring.JoinReport) pairs

// once reads every source once: the texts that predictions are placed in are the
// articles that pairs are given.
func (in *Input) once(pred *predictions, texts *Cursor, how reading, join joinFunc, use func(pairs, *scoring.JoinReport) error) error {
	articles := Follow(texts)
	defer articles.Close()
	lookUp := articles.Article
	if !how.needs.Articles {
		lookUp = nil
	}
	var met scoring.JoinReport
	err := use(join(how.gold(in.Dataset.Data), pred.annotations(texts, how), lookUp, &met), &met)
	if texts.Err != nil && !errors.Is(err, texts.Err) {
		err = errors.Join(texts.Err, err)
	}
	return err
}
