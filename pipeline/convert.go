package pipeline

import (
	"context"
	"errors"
	"fmt"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/export"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/wording"
	"github.com/mizan-corpus/mizan/pipeline/internal/exit"
	"github.com/mizan-corpus/mizan/pipeline/internal/forms"
)

// ConvertOptions are what [Convert] is asked for.
type ConvertOptions struct {
	Input      string       // file or folder
	From       string       // format of Input; "" detects it
	To         string       // format of Output
	Output     string       // file or folder; "-" for [Streams].Out, where the format is one file
	Release    string       // folder of the release that has the texts; "" for the embedded corpus
	Dataset    Dataset      // an open one instead of Release
	Ontology   string       // of the annotations: a name or a file; "" for that of the release
	Unit       *labels.Unit // of the offsets where the file cannot tell; nil where it can
	Annotator  string       // whose annotations are read where Input has several people's
	Columns    []int        // of conll, from 1: that of the token, then those of the tags; nil for what the file looks like
	Layers     []string     // ends of the names of the types to be read from xmi and webanno; nil for all that are labels
	Overwrite  bool         // replace files that are there
	Strict     bool         // write nothing if the format cannot carry everything
	Proclitics string       // of iob2: "split" or "keep" words that a mention begins or ends in; "" splits
	JSON       bool
}

// converted is what a conversion did, as JSON.
type converted struct {
	From       string             `json:"from"`
	To         string             `json:"to"`
	Output     string             `json:"output"`
	Articles   int                `json:"articles"`
	Lost       []forms.LostField  `json:"lost"`
	Guessed    []forms.Guess      `json:"guessed,omitempty"` // spans without offsets that have no sure place
	Unlabelled []forms.Unlabelled `json:"unlabelled"`        // articles of the input that nobody has labelled
	Bad        []string           `json:"bad"`               // records of the input that were left out
}

// Convert reads annotations in one format and writes them in another. What the
// new format cannot carry is said on Err.
func Convert(ctx context.Context, s Streams, opt ConvertOptions) error {
	if opt.To == "" || opt.Output == "" {
		return exit.Usage(errors.New("--to and -o are needed: the format and where it goes"), "dataset convert --help")
	}
	format, err := forms.Writable(opt.To)
	if err != nil {
		return err
	}
	to := forms.OfFormat(format)
	if err := to.Proclitics(opt.Proclitics); err != nil {
		return err
	}
	from, err := opt.format()
	if err != nil {
		return err
	}
	ds, err := openData(opt.Release, opt.Dataset)
	if err != nil {
		return err
	}
	o, err := findOntology(opt.Ontology)
	if err != nil {
		return err
	}
	ds = dataset.WithOntology(ds, o)
	if err := forms.CheckOutput(opt.Output, to.Layout, opt.Overwrite, false, opt.JSON); err != nil {
		return err
	}
	return opt.convert(s, ds, from, to)
}

// format is the format of the input.
func (opt *ConvertOptions) format() (*labels.Format, error) {
	if opt.From == "" {
		return labels.DetectFormat(labels.FileSource(opt.Input))
	}
	from, err := labels.Lookup(opt.From)
	if err != nil {
		return nil, exit.Usage(err, exit.Hint(err))
	}
	return from, nil
}

func (opt *ConvertOptions) convert(s Streams, ds dataset.Dataset, from *labels.Format, to *forms.Form) error {
	// The first time over everything is read and nothing written, so that a bad
	// record or a loss is known before a file appears.
	source := labels.FileSource(opt.Input)
	in := &forms.Reading{Format: from, Source: source, Unit: opt.Unit, Annotator: opt.Annotator, Layers: opt.Layers, Columns: opt.Columns, Say: s.say, Whole: opt.Strict}
	done := converted{From: from.Name, To: to.Name, Output: opt.Output}
	var lost forms.Loss
	if err := to.WriteDocuments(forms.Nowhere{}, in.Documents(ds), ds, &lost); err != nil {
		return err
	}
	if in.Found != "" {
		s.say("articles found otherwise than by id: %s", in.Found)
	}
	lost.Say(s.say, to.Name)
	done.take(in, &lost)
	if opt.Strict {
		if err := opt.refuse(in, to, &lost); err != nil {
			if opt.JSON {
				err = errors.Join(s.json(done), err)
			}
			return err
		}
	}
	in.Say = func(string, ...any) {}
	err := to.Whole(s.target(opt.Output), func(target export.Target) error {
		return to.WriteDocuments(to.Output(target), in.Documents(ds), ds, &forms.Loss{})
	})
	if err != nil {
		return err
	}
	if opt.JSON {
		return s.json(done)
	}
	if opt.Output != "-" {
		fmt.Fprintf(s.out(), "%s → %s: %s in %s\n", from.Name, to.Name, wording.Count(done.Articles, "article"), opt.Output)
	}
	return nil
}

// refuse says what would be lost or guessed, nil for nothing.
func (opt *ConvertOptions) refuse(in *forms.Reading, to *forms.Form, lost *forms.Loss) error {
	const hint = "without --strict it is written with that loss"
	switch {
	case len(in.Unknown) > 0:
		return exit.WithHint(fmt.Errorf("%s: labels that are in no list of the ontology; nothing was written", opt.Input),
			"--ontology names the one that they were made with; without --strict they are taken for mentions")
	case lost.Any():
		return exit.WithHint(fmt.Errorf("%s cannot carry everything, nothing was written", to.Name), hint)
	case len(in.Guessed) > 0:
		return exit.WithHint(fmt.Errorf("%s: %s without offsets could stand in several places; nothing was written", opt.Input, wording.Count(len(in.Guessed), "span")),
			"give these start and end; without --strict the place named above is taken")
	case in.Left.Any():
		return exit.WithHint(fmt.Errorf("%s: not everything in it can be read, nothing was written", opt.Input), hint)
	}
	return nil
}

// take notes what was read and what was not.
func (c *converted) take(in *forms.Reading, lost *forms.Loss) {
	c.Guessed = in.Guessed
	c.Articles, c.Unlabelled, c.Bad = in.Articles, in.Unlabelled, []string{}
	if c.Unlabelled == nil {
		c.Unlabelled = []forms.Unlabelled{}
	}
	for _, err := range in.Bad {
		c.Bad = append(c.Bad, err.Error())
	}
	c.Lost = append(in.Left.Fields(), lost.Fields()...)
}
