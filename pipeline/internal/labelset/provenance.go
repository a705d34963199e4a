package labelset

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/mizan-corpus/mizan/internal/annotate/journal"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/native"
)

// Work is what the journals of a folder of label files and of its passes say, that of
// the labels themselves first.
func Work(dir string) ([]journal.Work, error) {
	annotators, _, err := native.Folder(labels.FileSource(dir)).Passes()
	if err != nil {
		return nil, err
	}
	dirs := []string{dir}
	for _, name := range annotators {
		dirs = append(dirs, filepath.Join(dir, native.PassesDir, name))
	}
	all := []journal.Work{}
	for _, dir := range dirs {
		entries, err := journal.Read(dir)
		if err != nil {
			return nil, err
		}
		all = append(all, journal.WorkOf(entries)...)
	}
	return all, nil
}

// mostRows bounds the articles that a card lists one by one.
const mostRows = 200

// Provenance tells for the card of a release how labels were made on the page, as the
// journals have it: by which pass, how long, and who saw others' labels or suggestions, and
// when. It is "" where there are no journals.
func Provenance(dir string) (string, error) {
	all, err := Work(dir)
	if err != nil || len(all) == 0 {
		return "", err
	}
	var b strings.Builder
	b.WriteString(madeBy(all) + " `gold` is the labels of this release, every other name an independent pass. Others' labels and an extractor's suggestions are shown only after the labels of an article were declared done; what a label owes to them cannot be told from one that was made without.\n\n")
	if len(all) <= mostRows {
		b.WriteString("| pass | article | time | actions | declared done | labels of others seen | suggestions accepted, refused |\n|---|---|---|---|---|---|---|\n")
		for _, w := range all {
			fmt.Fprintf(&b, "| %s | %s | %s | %d | %s | %s | %s |\n", w.Pass, strings.ReplaceAll(w.Article, "|", `\|`), span(w.Seconds), w.Actions, orNone(w.Done), sights(w.Seen), verdicts(w.Verdict))
		}
		return b.String(), nil
	}
	b.WriteString("| pass | articles | time | actions | declared done | articles with labels of others seen | suggestions accepted, refused |\n|---|---|---|---|---|---|---|\n")
	for len(all) > 0 {
		var sum journal.Work
		n, done, seen := 0, 0, 0
		for ; n < len(all) && all[n].Pass == all[0].Pass; n++ {
			w := &all[n]
			sum.Seconds, sum.Actions = sum.Seconds+w.Seconds, sum.Actions+w.Actions
			sum.Verdict.Accepted, sum.Verdict.Refused = sum.Verdict.Accepted+w.Verdict.Accepted, sum.Verdict.Refused+w.Verdict.Refused
			if w.Done != "" {
				done++
			}
			if len(w.Seen) > 0 {
				seen++
			}
		}
		fmt.Fprintf(&b, "| %s | %d | %s | %d | %d | %d | %s |\n", all[0].Pass, n, span(sum.Seconds), sum.Actions, done, seen, verdicts(sum.Verdict))
		all = all[n:]
	}
	return b.String(), nil
}

// madeBy says by what labels were made, as far as journals can tell: the page measures the
// time of each action, and a program that uses its API without the page has none.
func madeBy(all []journal.Work) string {
	var unmeasured []string
	measured := 0
	for _, w := range all {
		switch {
		case w.Seconds > 0:
			measured++
		case w.Actions > 0:
			unmeasured = append(unmeasured, w.Pass+" "+strings.ReplaceAll(w.Article, "|", `\|`))
		}
	}
	said := "Labelled with `dataset annotate`, whose journals say what was done and seen, and when; who sat at the page they do not say."
	switch {
	case len(unmeasured) == 0:
		return said
	case measured == 0:
		return said + " No action has a time that the page measured: they were not made by hand on the page, but by a program."
	case len(unmeasured) > mostNamed:
		return fmt.Sprintf("%s Of %d no action has a time that the page measured: these were not made by hand on the page, but by a program.", said, len(unmeasured))
	}
	return said + " No action has a time that the page measured, so these were not made by hand on the page, but by a program: " + strings.Join(unmeasured, ", ") + "."
}

// mostNamed bounds the articles that a sentence names.
const mostNamed = 20

func span(seconds float64) string {
	return time.Duration(seconds * float64(time.Second)).Round(time.Second).String()
}

func sights(list []journal.Sight) string {
	var said []string
	for _, x := range list {
		said = append(said, x.What+" ("+x.Time+")")
	}
	return orNone(strings.Join(said, ", "))
}

func verdicts(v journal.Verdicts) string {
	if v == (journal.Verdicts{}) {
		return "none"
	}
	return fmt.Sprintf("%d, %d", v.Accepted, v.Refused)
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}
