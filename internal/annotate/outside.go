package annotate

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/mizan-corpus/mizan/internal/annotate/journal"
	"github.com/mizan-corpus/mizan/internal/atomicfile"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/native"
	"github.com/mizan-corpus/mizan/internal/labels/offsets"
	"github.com/mizan-corpus/mizan/internal/labels/textfile"
)

// parseLabels reads a label file for an article: labels of that article, whose spans
// stand in its text.
func (s *Session) parseLabels(a *article, content []byte) (*state, error) {
	d, err := native.Parse(strings.TrimPrefix(string(content), textfile.BOM), labels.Position{File: a.file.name, Line: 1}, true)
	if err != nil {
		return nil, refusal(err)
	}
	if d.DocID != a.DocID {
		return nil, fmt.Errorf("found labels of %q, expected those of %q", d.DocID, a.DocID)
	}
	if d.Error != "" {
		return nil, fmt.Errorf("found an extractor's error instead of labels: %s", d.Error)
	}
	for r := range d.Spans() {
		if r.Span.IsSet() && !offsets.Fits(a.index, labels.CodePoints, r) {
			return nil, fmt.Errorf("%s: %s at %s is not what the text has there; dataset lint and dataset labels rebase tell more", r.At, r, *r.Span)
		}
	}
	return stateOf(d)
}

// notice looks whether something else has changed the files of an article, and takes
// in what it did, or says in the file's problem why it cannot.
func (s *Session) notice(a *article) error {
	if s.ReadOnly() {
		return nil
	}
	if !s.untouched(&s.table) {
		content, err := s.read(&s.table)
		if err != nil {
			return err
		}
		if news(&s.table, content) {
			if err := s.takeInActors(content); err != nil {
				return err
			}
		}
	}
	if s.untouched(&a.file) {
		return nil
	}
	content, err := s.read(&a.file)
	if err != nil {
		return err
	}
	if news(&a.file, content) {
		return s.takeIn(a, content)
	}
	return nil
}

// news reports whether content is neither what is known of the file nor what its
// problem is about. A file that is as it was has no problem.
func news(f *file, content []byte) bool {
	switch h := hash(content); {
	case h == f.disk:
		f.problem = ""
		return false
	case f.problem != "":
		return h != f.found
	}
	return true
}

// takeIn takes in what something else did to a label file.
func (s *Session) takeIn(a *article, content []byte) error {
	ours, err := a.state.items()
	if err != nil {
		return err
	}
	do := a.file.change(content, ours, func(b []byte) (items, error) {
		st, err := s.parseLabels(a, b)
		if err != nil {
			return nil, err
		}
		return st.items()
	})
	if a.file.problem != "" {
		s.watch.tell(Changed{a.DocID, a.rev})
		return nil
	}
	return s.adopt(a, content, do, a.file.name+" was changed by something else")
}

// adopt does the actions that come from a file's new content.
func (s *Session) adopt(a *article, content []byte, do []journal.Action, why string) error {
	t := s.copyFor(a, do)
	back, err := t.applyAll(do)
	if err != nil {
		return err
	}
	if err := s.allowed(a, t); err != nil {
		a.file.problem = fmt.Sprintf("%s was changed: %v", a.file.name, err)
		return nil
	}
	if err := s.base(a); err != nil {
		return err
	}
	a.file.disk, a.file.held = hash(content), a.file.theirs
	return s.commit(a, journal.Entry{Kind: journal.Found, Why: why, Do: do, Back: back}, t)
}

// Settle ends the problem of an article's files: take is "mine", which writes them as
// the journal has them and keeps what was there aside, or "theirs".
func (s *Session) Settle(r Request, take string) (*Answer, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a, err := s.article(r.Article)
	if err != nil {
		return nil, err
	}
	if s.ReadOnly() {
		return nil, ErrReadOnly
	}
	if take != "mine" && take != "theirs" {
		return nil, &RefusedError{Message: fmt.Sprintf("take: found %q, expected mine or theirs", take)}
	}
	if err := s.notice(a); err != nil {
		return nil, err
	}
	if err := s.settleActors(take); err != nil {
		return nil, err
	}
	if err := s.settleLabels(a, take); err != nil {
		return nil, err
	}
	return s.answer(a, nil)
}

func (s *Session) settleLabels(a *article, take string) error {
	f := &a.file
	if f.problem == "" {
		return nil
	}
	content, err := s.read(f)
	if err != nil {
		return err
	}
	if take == "theirs" {
		if f.theirs == nil {
			return &RefusedError{f.problem, "mend the file, or take mine: a copy of it is kept"}
		}
		ours, err := a.state.items()
		if err != nil {
			return err
		}
		a.stranded, a.existed = false, content != nil
		return s.adopted(a, content, difference(ours, f.theirs))
	}
	if a.stranded {
		return &RefusedError{f.problem, "only labels on the new text can be taken"}
	}
	if err := s.keepAside(f.name, content); err != nil {
		return err
	}
	f.problem, f.theirs = "", items{}
	return s.adopt(a, content, nil, f.name+" as something else had it was put aside")
}

// adopted is adopt where nothing but the labels of the file is wanted.
func (s *Session) adopted(a *article, content []byte, do []journal.Action) error {
	a.file.problem = ""
	if err := s.adopt(a, content, do, a.file.name+" as something else had it was taken"); err != nil {
		return err
	}
	if a.file.problem != "" {
		return &RefusedError{a.file.problem, "mend the file, or take mine: a copy of it is kept"}
	}
	return nil
}

func (s *Session) settleActors(take string) error {
	f := &s.table
	if f.problem == "" {
		return nil
	}
	content, err := s.read(f)
	if err != nil {
		return err
	}
	ours, err := s.actors.items()
	if err != nil {
		return err
	}
	var do []journal.Action
	switch {
	case take == "theirs" && f.theirs == nil:
		return &RefusedError{f.problem, "mend the file, or take mine: a copy of it is kept"}
	case take == "theirs":
		do = difference(ours, f.theirs)
	default:
		if err := s.keepAside(f.name, content); err != nil {
			return err
		}
		do = difference(nil, ours) // as they are, so that the file is written
		f.theirs = items{}
	}
	t := s.copyFor(nil, do)
	back, err := t.applyAll(do)
	if err != nil {
		return err
	}
	f.problem, f.disk, f.held = "", hash(content), f.theirs
	return s.commit(nil, journal.Entry{Kind: journal.Found, Why: f.name + ": " + take + " was taken", Do: do, Back: back}, t)
}

// keepAside keeps the content of a file that is about to be written over.
func (s *Session) keepAside(name string, content []byte) error {
	if content == nil {
		return nil
	}
	dir := filepath.Join(s.dir(), journal.Dir, "aside")
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	ext := filepath.Ext(name)
	return atomicfile.WriteSynced(filepath.Join(dir, name[:len(name)-len(ext)]+"."+hash(content)[:12]+ext), content)
}
