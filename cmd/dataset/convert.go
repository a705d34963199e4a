package main

import (
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mizan-corpus/mizan/data"
	"github.com/mizan-corpus/mizan/labels"
)

// convertFlags are the flags of dataset convert.
type convertFlags struct {
	release, from, to, out    string
	overwrite, strict, asJSON bool
	proclitics, unit          string
}

// converted is what a conversion did, for --json.
type converted struct {
	From     string      `json:"from"`
	To       string      `json:"to"`
	Output   string      `json:"output"`
	Articles int         `json:"articles"`
	Lost     []lostField `json:"lost"`
}

func newConvertCommand(a *app) *cobra.Command {
	var f convertFlags
	c := &cobra.Command{
		Use:   "convert [--from FORMAT] --to FORMAT IN -o OUT",
		Short: "Convert annotations from one format to another, with a loss report",
		Long: `Convert reads annotations, predicted or gold, in one format and writes them in
another. What the new format cannot carry is counted on standard error; with
--strict nothing is written if anything would be lost. Formats that need the
articles' texts take them from the release, by doc_id.

Formats that can be written:
` + wrapWords(convertTargets(), 78) + `

dataset formats tells more of each.`,
		Example: `  dataset convert --to conll predictions.jsonl -o predictions.conll
  dataset convert --from brat --to json brat-folder -o labels --strict`,
		Args: exactArgs(1, "the file or folder to convert"),
		RunE: func(c *cobra.Command, args []string) error {
			if f.to == "" || f.out == "" {
				return &usageError{err: errors.New("--to and -o are needed: the format and where it goes"), hint: c.CommandPath() + " --help"}
			}
			to, err := writableFormat(f.to)
			if err != nil {
				return err
			}
			whole, err := wholeWords(f.proclitics, to)
			if err != nil {
				return err
			}
			source := labels.FileSource(args[0])
			var from *labels.Format
			if f.from == "" {
				from, err = labels.DetectFormat(source)
			} else if from, err = labels.Lookup(f.from); err != nil {
				err = &usageError{err: err, hint: hintOf(err)}
			}
			if err != nil {
				return err
			}
			unit, err := statedUnit(f.unit)
			if err != nil {
				return err
			}
			ds, err := openDataset(f.release)
			if err != nil {
				return err
			}
			return a.convert(ds, from, &form{name: to.Name, layout: to.Layout, format: to, wholeWords: whole}, source, unit, f)
		},
	}
	fl := c.Flags()
	fl.StringVar(&f.from, "from", "", "format of IN (default: told from its content)")
	fl.StringVar(&f.to, "to", "", "format of OUT")
	fl.StringVarP(&f.out, "output", "o", "", "file or folder to write; - for standard output, where the format is one file")
	fl.StringVar(&f.release, "release", "", "folder of the release that has the texts (default: the embedded corpus)")
	fl.BoolVar(&f.overwrite, "overwrite", false, "replace files that are there")
	fl.BoolVar(&f.strict, "strict", false, "write nothing and exit with 1 if the format cannot carry everything")
	fl.BoolVar(&f.asJSON, "json", false, "print what was done as JSON")
	addProclitics(c, &f.proclitics)
	addUnit(c, &f.unit)
	return c
}

func (a *app) convert(ds data.Dataset, from *labels.Format, to *form, source labels.Source, unit *labels.Unit, f convertFlags) error {
	if err := checkOutput(f.out, to.layout, f.overwrite, false, f.asJSON); err != nil {
		return err
	}
	// The first time over everything is read and nothing written, so that a bad
	// record or a loss is known before a file appears.
	var lost loss
	done := converted{From: from.Name, To: to.name, Output: f.out}
	if err := to.writeDocuments(nowhere{}, convertible(ds, from, source, unit, a.say, &done.Articles), ds, &lost); err != nil {
		return err
	}
	done.Lost = append([]lostField{}, lost.fields()...)
	a.printLoss(to.name, done.Lost)
	if f.strict && lost.any() {
		return &withHint{fmt.Errorf("%s cannot carry everything, nothing was written", to.name), "without --strict it is written with that loss"}
	}
	done.Articles = 0
	silent := func(string, ...any) {}
	if err := to.writeDocuments(to.output(a.target(f.out)), convertible(ds, from, source, unit, silent, &done.Articles), ds, &loss{}); err != nil {
		return err
	}
	if f.asJSON {
		return writeJSON(a.stdout, done)
	}
	if f.out != "-" {
		fmt.Fprintf(a.stdout, "%s → %s: %s in %s\n", from.Name, to.name, count(done.Articles, "article"), f.out)
	}
	return nil
}

// convertible streams the documents of a source with their spans placed in the
// texts, and counts them. All bad records come as one error at the end. say
// takes the remarks.
func convertible(ds data.Dataset, from *labels.Format, source labels.Source, unit *labels.Unit, say func(string, ...any), articles *int) iter.Seq2[*labels.Document, error] {
	return func(yield func(*labels.Document, error) bool) {
		texts := newArticleCursor(ds)
		defer texts.close()
		resolver := labels.Resolver{Text: texts.text, Unaligned: func(u labels.Unaligned) {
			say("%s: %s %q has no place in the text: %s", u.At, u.Item, u.Text, u.Reason)
		}}
		opt := labels.ReadOptions{Text: texts.text, Unit: unit, Warn: func(at labels.Position, remark string) { say("%s: %s", at, remark) }}
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
		if texts.err != nil { // without texts offsets would be taken as they are
			yield(nil, texts.err)
			return
		}
		if resolver.Unknown > 0 {
			say("%s without a text in the dataset: offsets are taken as they are", count(resolver.Unknown, "article"))
		}
		if len(bad) > 0 {
			yield(nil, &withHint{badRecords(source.Name, bad), "nothing was written; mend or remove these records and run again"})
		}
	}
}

// addProclitics adds the flag that [wholeWords] reads.
func addProclitics(c *cobra.Command, value *string) {
	c.Flags().StringVar(value, "proclitics", "", "for iob2: split cuts a word where a mention begins or ends in it (default), keep leaves it whole and widens the mention")
}

// wholeWords says whether words stay whole in what is written.
func wholeWords(proclitics string, to *labels.Format) (bool, error) {
	switch {
	case proclitics == "":
		return false, nil
	case to == nil || !to.WholeWords:
		return false, usagef("--proclitics is for formats with a tag a token, such as iob2")
	case proclitics != "split" && proclitics != "keep":
		return false, usagef("--proclitics %q: expected split or keep", proclitics)
	}
	return proclitics == "keep", nil
}

// addUnit adds the flag that [statedUnit] reads.
func addUnit(c *cobra.Command, value *string) {
	c.Flags().StringVar(value, "unit", "", "unit of the offsets, where the file cannot tell: "+strings.Join(slices.Sorted(maps.Keys(units)), ", "))
}

var units = map[string]labels.Unit{"code-points": labels.CodePoints, "utf-16": labels.UTF16Units, "utf-8": labels.UTF8Bytes}

// statedUnit is the unit named, nil for none.
func statedUnit(name string) (*labels.Unit, error) {
	if name == "" {
		return nil, nil
	}
	unit, ok := units[name]
	if !ok {
		return nil, usagef("--unit %q: expected one of %s", name, strings.Join(slices.Sorted(maps.Keys(units)), ", "))
	}
	return &unit, nil
}

// convertTargets is the annotation formats that can be written.
func convertTargets() []string {
	var names []string
	for _, f := range labels.All() {
		if f.Write != nil {
			names = append(names, f.Name)
		}
	}
	return names
}
