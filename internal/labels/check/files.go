package check

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/native"
	"github.com/mizan-corpus/mizan/internal/ontology"
	"github.com/mizan-corpus/mizan/schema"
)

var (
	ruleUnreadable = rule("unreadable", SeverityError, "a record cannot be read")
	ruleFailed     = rule("failed-record", SeverityError, "a label file holds an extractor's error instead of labels")
	ruleFileName   = rule("file-name", SeverityError, "a label file is named after another article than its doc_id")
	ruleDuplicate  = rule("duplicate-document", SeverityError, "an article has two label files")
	ruleNoArticle  = rule("unknown-article", SeverityError, "a label file is for an article that does not exist")
	ruleNoLabels   = rule("missing-labels", SeverityNote, "an article has no label file")
	ruleIDForm     = rule("id-form", SeverityNote, "an id has characters other than letters, digits and . _ : -")
	ruleOrder      = rule("order", SeverityNote, "mentions, events or actors do not stand in canonical order")
)

func init() { groups = append(groups, checkFiles) }

var plainID = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._:-]*$`)

func checkFiles(k *checker) {
	for _, err := range k.corpus.Problems {
		k.unreadable(err)
	}
	there := map[string]bool{} // files, readable or not
	for _, f := range k.findings {
		there[f.File] = true
	}
	seen := map[string]labels.Position{}
	for _, d := range k.documents {
		if first, ok := seen[d.DocID]; ok {
			k.add(ruleDuplicate, d.At, d.DocID, fmt.Sprintf("doc_id %q", d.DocID), "a second label file", "only "+first.String())
		} else {
			seen[d.DocID] = d.At
		}
		there[d.At.File] = true
		base := path.Base(d.At.File)
		if k.corpus.Foreign == "" && strings.HasSuffix(base, ".json") && base != d.DocID+".json" {
			k.add(ruleFileName, d.At, d.DocID, "file name", base, d.DocID+".json")
		}
		if k.articles[d.DocID] == nil && !slices.Contains(k.corpus.Unread, d.DocID) {
			k.add(ruleNoArticle, d.At, d.DocID, "doc_id", strconv.Quote(d.DocID), "the doc_id of an article")
		}
		if d.Error != "" {
			k.add(ruleFailed, d.At, d.DocID, "error", strconv.Quote(d.Error), "labels")
		}
		k.order(d)
	}
	for _, a := range k.corpus.Articles {
		at := labels.Position{File: path.Join(k.corpus.Unlabelled, a.DocID+".json")}
		if k.corpus.Foreign != "" {
			at.File = k.corpus.Foreign
		}
		if _, ok := seen[a.DocID]; !ok && (k.corpus.Foreign != "" || !there[at.File]) {
			k.add(ruleNoLabels, at, a.DocID, fmt.Sprintf("article %q", a.DocID), "no label file", "")
		}
	}
	for i, a := range k.actorRows {
		k.idForm(a.At, "", "actor", a.ID)
		if i > 0 && k.actorRows[i-1].At.File == a.At.File && k.actorRows[i-1].ID > a.ID {
			k.add(ruleOrder, a.At, "", nameActor(a.ID), "it after "+strconv.Quote(k.actorRows[i-1].ID), "actors by id")
		}
	}
}

func (k *checker) unreadable(err error) {
	var several interface{ Unwrap() []error }
	var record *labels.RecordError
	if errors.As(err, &several) {
		for _, e := range several.Unwrap() {
			k.unreadable(e)
		}
		return
	}
	if errors.As(err, &record) {
		k.advise(ruleUnreadable, record.At, record.DocID, record.What, record.Found, record.Expected, record.Advice)
		return
	}
	var file *fs.PathError
	if errors.As(err, &file) && errors.Is(err, fs.ErrNotExist) && path.Base(file.Path) == native.ActorsFile {
		if !ontology.AsksForActors(k.ontology) {
			return // ids of actors are names of clusters then
		}
		k.add(ruleUnreadable, labels.Position{File: file.Path}, "", "table of actors", "no file", "a JSON list of actors")
		return
	}
	if errors.As(err, &file) {
		k.add(ruleUnreadable, labels.Position{File: file.Path}, "", file.Op, file.Err.Error(), "")
		return
	}
	k.add(ruleUnreadable, labels.Position{File: k.corpus.Unlabelled}, "", "file", err.Error(), "")
}

// order looks for the first mention and event out of canonical order, and for
// ids with odd characters.
func (k *checker) order(d *labels.Document) {
	k.idForm(d.At, d.DocID, "document", d.DocID)
	for i := range d.Mentions {
		k.idForm(d.MentionAt(i), d.DocID, "mention", d.Mentions[i].ID)
	}
	for i := range d.Events {
		k.idForm(d.EventAt(i), d.DocID, "event", d.Events[i].ID)
		k.idForm(d.EventAt(i), d.DocID, "hopper", d.Events[i].HopperID)
	}
	if k.corpus.Foreign != "" {
		return
	}
	if i := firstUnsorted(d.Mentions, labels.CompareMentions); i > 0 {
		k.add(ruleOrder, d.MentionAt(i), d.DocID, d.MentionRef(i).String(),
			"it after "+d.MentionRef(i-1).String(), "mentions by start, longer first, type, id")
	}
	if i := firstUnsorted(d.Events, labels.CompareEvents); i > 0 {
		k.add(ruleOrder, d.EventAt(i), d.DocID, d.EventRef(i).String(),
			"it after "+d.EventRef(i-1).String(), "events by start, end, type, id")
	}
}

func (k *checker) idForm(at labels.Position, docID, kind, id string) {
	if id != "" && !plainID.MatchString(id) {
		k.add(ruleIDForm, at, docID, kind+" id", strconv.Quote(id), "letters, digits and . _ : -")
	}
}

// firstUnsorted is the index of the first element that belongs before the one
// in front of it, 0 for none.
func firstUnsorted[T schema.Mention | schema.Event](list []T, compare func(a, b T) int) int {
	for i := 1; i < len(list); i++ {
		if compare(list[i-1], list[i]) > 0 {
			return i
		}
	}
	return 0
}
