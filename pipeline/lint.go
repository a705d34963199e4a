package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/mizan-corpus/mizan/data"
	"github.com/mizan-corpus/mizan/internal/annotate/journal"
	"github.com/mizan-corpus/mizan/internal/data/corpus"
	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/align"
	"github.com/mizan-corpus/mizan/internal/labels/check"
	"github.com/mizan-corpus/mizan/internal/labels/native"
	"github.com/mizan-corpus/mizan/internal/labels/placement"
	"github.com/mizan-corpus/mizan/internal/ontology"
	"github.com/mizan-corpus/mizan/internal/wording"
	"github.com/mizan-corpus/mizan/pipeline/internal/exit"
	"github.com/mizan-corpus/mizan/pipeline/internal/join"
	"github.com/mizan-corpus/mizan/pipeline/internal/labelset"
	"github.com/mizan-corpus/mizan/pipeline/internal/progress"
	"github.com/mizan-corpus/mizan/schema"
)

// LintOptions are what [Lint] is asked for.
type LintOptions struct {
	Labels   string       // a folder of label files, or labels in another format; "" for the embedded ones
	Articles Articles     // that the labels point into
	Ontology string       // of the labels: a name or a file; "" for the default one
	From     string       // format of Labels; "" detects it
	Unit     *labels.Unit // of the offsets where the file cannot tell; nil where it can
	Fix      bool         // set the offsets of label files where their surfaces tell them
	Rules    bool         // list the rules, and do nothing else
	Quiet    bool         // print errors only
	JSON     bool
}

// Lint checks labels against the texts and the ontology and returns every
// finding. The error is [ExitCheck] when one of them is an error.
func Lint(ctx context.Context, s Streams, opt LintOptions) ([]Finding, error) {
	if opt.Rules {
		o, err := anyOntology(opt.Ontology)
		if err != nil {
			return nil, err
		}
		return nil, printRules(s.out(), o)
	}
	corpus, err := opt.corpus(ctx, s)
	if err != nil {
		return nil, err
	}
	if opt.Fix {
		if corpus, err = opt.fix(ctx, s, corpus); err != nil {
			return nil, err
		}
	}
	findings := check.Labels(corpus)
	return findings, opt.print(s, findings, len(corpus.Documents))
}

// corpus reads the labels and the articles that they point into.
func (opt *LintOptions) corpus(ctx context.Context, s Streams) (*check.Corpus, error) {
	base, err := data.Default()
	if err != nil {
		return nil, err
	}
	source := base.Labels()
	format, err := labelset.Format(opt.Labels, opt.From)
	if err != nil {
		return nil, err
	}
	actors := source
	if opt.Articles.given() {
		actors = labels.Source{}
		if base, err = opt.Articles.open(ctx); err != nil {
			return nil, err
		}
	}
	if opt.Labels != "" && format == nil {
		if err := corpus.CheckLabelFolder(opt.Labels); err != nil {
			return nil, err
		}
		source = labels.FileSource(opt.Labels)
	}
	list, unread, err := readArticles(base)
	if err != nil {
		return nil, err
	}
	o, err := opt.ontology(format, base, list, s)
	if err != nil {
		return nil, err
	}
	var corpus *check.Corpus
	if format == nil {
		corpus, err = check.Load(source, list, labels.ReadOptions{})
	} else {
		texts := join.NewCursor(base)
		defer texts.Close()
		read := labels.ReadOptions{Unit: opt.Unit, Ontology: o, Find: join.NewFinder(texts).Find}
		corpus, err = check.LoadForeign(format, labels.FileSource(opt.Labels), labelset.ActorsBeside(opt.Labels, actors), list, read)
	}
	if err != nil {
		return nil, err
	}
	if !opt.Articles.given() && corpus.Carry() && labelset.ActorsBeside(opt.Labels, labels.Source{}).FS == nil {
		corpus.Actors, corpus.ActorsUnread = nil, true // not the embedded ones
	}
	corpus.Ontology = o
	for _, e := range unread {
		corpus.Unread = append(corpus.Unread, stem(e.File))
		corpus.Problems = append(corpus.Problems, articleProblem(e))
	}
	return corpus, nil
}

// ontology is the one that is named, or that the folder keeps, or that the labels are
// made for; format is nil for a folder of label files.
func (opt *LintOptions) ontology(format *labels.Format, base *corpus.Corpus, list []*schema.Article, s Streams) (*schema.Ontology, error) {
	if opt.Ontology == "" && format == nil {
		opt.Ontology = journal.OntologyFile(opt.Labels)
	}
	o, err := findOntology(opt.Ontology)
	if err == nil && o == nil && opt.Labels != "" && !labelset.Made(ontology.Default(), opt.Labels, opt.From, textsOf(list)) {
		s.say("ontology: none is named, and the labels are not made for %s: they are held against one made of them", ontology.Default().Name)
		o, err = labelset.Infer(opt.Labels, opt.From, textsOf(list), s.say)
	}
	if err == nil && o == nil {
		o, err = base.Ontology()
	}
	return o, err
}

// textsOf finds the texts of articles.
func textsOf(list []*schema.Article) func(string) *schema.Index {
	texts := map[string]string{}
	for _, a := range list {
		texts[a.DocID] = a.Text
	}
	return func(docID string) *schema.Index {
		if text, ok := texts[docID]; ok {
			return schema.NewIndex(text)
		}
		return nil
	}
}

// readArticles reads all articles, and why files gave none. It fails where no
// file gave one.
func readArticles(ds dataset.Dataset) (list []*schema.Article, unread []*document.FileError, err error) {
	for art, err := range ds.Articles() {
		var file *document.FileError
		switch {
		case errors.As(err, &file):
			unread = append(unread, file)
		case err != nil:
			return nil, nil, err
		default:
			list = append(list, art)
		}
	}
	if len(list) > 0 || len(unread) == 0 {
		return list, unread, nil
	}
	var bad []error
	for _, e := range unread[:min(len(unread), progress.Most)] {
		bad = append(bad, e)
	}
	if more := len(unread) - len(bad); more > 0 {
		bad = append(bad, fmt.Errorf("%s more could not be read", wording.Count(more, "file")))
	}
	return nil, nil, exit.Join(bad)
}

// articleProblem is an article that cannot be read as a problem of the corpus.
func articleProblem(e *document.FileError) error {
	return &labels.RecordError{At: labels.Position{File: e.File, Line: e.Line}, DocID: stem(e.File),
		What: fmt.Sprintf("article %q", stem(e.File)), Found: "no readable text: " + e.Err.Error(), Advice: e.Hint}
}

// print prints the findings; with an error among them it is one itself.
func (opt *LintOptions) print(s Streams, findings []check.Finding, files int) error {
	counts := map[check.Severity]int{}
	for _, f := range findings {
		counts[f.Severity]++
	}
	if opt.JSON {
		if findings == nil {
			findings = []check.Finding{}
		}
		if err := s.json(findings); err != nil {
			return err
		}
	} else {
		for _, f := range findings {
			if !opt.Quiet || f.Severity == check.SeverityError {
				fmt.Fprintln(s.out(), f)
			}
		}
	}
	errs := counts[check.SeverityError]
	s.say("%s: %s, %s, %s", wording.Count(files, "label file"), wording.Count(errs, "error"),
		wording.Count(counts[check.SeverityNote], "note"), wording.Count(counts[check.SeverityQuestion], "question"))
	if errs > 0 {
		return exit.Check(fmt.Errorf("the labels break rules"), "dataset lint --rules says what each rule asks")
	}
	return nil
}

func printRules(w io.Writer, o *schema.Ontology) error {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, r := range check.Rules(o) {
		fmt.Fprintf(tw, "%s\t%s\t%s\n", r.Code, r.Severity, r.Meaning)
	}
	return tw.Flush()
}

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
