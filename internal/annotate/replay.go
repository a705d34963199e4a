package annotate

import (
	"fmt"
	"path/filepath"

	"github.com/mizan-corpus/mizan/internal/annotate/journal"
)

// replayed is what the journal says of one article.
type replayed struct {
	*article // with state, rev, undo and redo
	written  written
	text     string // SHA-256 of the text that spans count in
}

// written is what the journal says of a file: its SHA-256 before and after the last
// entry that changed it, and its items before that.
type written struct {
	before, after string
	held          items
}

// replay does every entry of the journal again.
func (s *Session) replay() (map[string]*replayed, error) {
	all := map[string]*replayed{}
	var actors written
	for i := range s.entries {
		e := &s.entries[i]
		if e.Kind == journal.Base && e.Article == "" {
			s.actors, s.based, s.existed = &table{}, true, e.Before[s.table.name] != ""
		}
		t := target{actors: s.actors}
		r := all[e.Article]
		if r == nil && e.Article != "" {
			r = &replayed{article: &article{state: &state{docID: e.Article}}}
			all[e.Article] = r
		}
		var files []func() error
		if r != nil {
			t.labels = r.state
			files = append(files, r.written.follow(e, e.Article+".json", r.state.items))
		}
		files = append(files, actors.follow(e, s.table.name, s.actors.items))
		_, err := t.applyAll(e.Do)
		for _, after := range files {
			if err == nil {
				err = after()
			}
		}
		if err != nil {
			file := filepath.Join(s.dir(), journal.Dir, journal.File)
			return nil, &journal.DamagedError{File: file, Line: i + 1, Found: fmt.Sprintf("an entry that does not fit those before it (%v)", err)}
		}
		s.touches.note(e)
		if r != nil {
			r.track(e)
			if e.Text != "" {
				r.text = e.Text
			}
		}
	}
	if s.based {
		return all, s.matchActors(&actors)
	}
	return all, nil
}

// follow notes what an entry does to a file. It is called before the entry is done,
// and what it returns after.
func (w *written) follow(e *journal.Entry, name string, now func() (items, error)) func() error {
	after, ok := e.After[name]
	if !ok {
		return func() error { return nil }
	}
	held, err := now()
	return func() error {
		if err == nil && e.Before[name] == after { // the file had these items already
			held, err = now()
		}
		*w = written{e.Before[name], after, held}
		return err
	}
}

// track keeps what can be undone and done again, and the number of the last entry.
func (a *article) track(e *journal.Entry) {
	if len(e.Do) > 0 || e.Kind == journal.Base {
		a.rev = e.Seq
	}
	if after, ok := e.After[e.Article+".json"]; ok && after == "" {
		a.existed = false
	}
	a.note(e)
	drop := func(list []int) []int { return list[:max(0, len(list)-1)] }
	switch e.Kind {
	case journal.Base:
		a.based, a.existed = true, e.Before[e.Article+".json"] != ""
	case journal.Act, journal.Found, journal.Verdict, journal.Review:
		if len(e.Do) > 0 {
			a.undo, a.redo = append(a.undo, e.Seq), nil
		}
	case journal.Undo:
		a.undo, a.redo = drop(a.undo), append(a.redo, e.Of)
	case journal.Redo:
		a.redo, a.undo = drop(a.redo), append(a.undo, e.Of)
	case journal.Text:
		a.undo, a.redo = nil, nil
	}
}

// note keeps what was shown, and what was said to suggestions.
func (a *article) note(e *journal.Entry) {
	if a.seen == nil {
		a.seen, a.verdicts = map[string]string{}, map[string]string{}
	}
	switch {
	case e.Kind == journal.Seen:
		for _, name := range e.Shown {
			a.seen[name] = e.Before[name]
		}
	case e.Kind == journal.Undo && e.Choice == "accept":
		delete(a.verdicts, e.Item)
	case e.Kind == journal.Verdict, e.Kind == journal.Redo && e.Choice == "accept":
		a.verdicts[e.Item] = e.Choice
	}
}

// loadArticle takes up an article as the journal has it, or as its file has.
func (s *Session) loadArticle(a *article, r *replayed) error {
	content, err := s.read(&a.file)
	if err != nil {
		return err
	}
	f := &a.file
	if r == nil {
		f.disk, a.existed = hash(content), content != nil
		if content == nil {
			return nil
		}
		st, err := s.parseLabels(a, content)
		if err != nil {
			f.problem, f.found, f.disk = fmt.Sprintf("%s cannot be taken up: %v", f.name, err), f.disk, ""
			return nil
		}
		a.state = st
		f.held, err = st.items()
		return err
	}
	a.state, a.rev, a.undo, a.redo, a.based, a.existed = r.state, r.rev, r.undo, r.redo, r.based, r.existed
	a.seen, a.verdicts = r.seen, r.verdicts
	if r.text != "" && r.text != hash([]byte(a.Text)) {
		return s.carry(a, r, content)
	}
	switch hash(content) {
	case r.written.after:
		f.disk = r.written.after
		f.held, err = a.state.items()
		return err
	case r.written.before: // the program ended between the journal and the file
		f.disk, f.held = r.written.before, r.written.held
		return s.rewrite(a)
	}
	f.disk, f.held = r.written.before, r.written.held
	return s.takeIn(a, content)
}

// rewrite brings the label file of an article to what the journal has.
func (s *Session) rewrite(a *article) error {
	content, held, err := a.content()
	if err != nil {
		return err
	}
	s.write(&a.file, content, held)
	return nil
}

// content is what the label file should be, nil for none: there is none where there
// was none and nothing is labelled.
func (a *article) content() ([]byte, items, error) { return fileOf(a.state, a.existed) }

func fileOf(labelled *state, existed bool) ([]byte, items, error) {
	if labelled.empty() && !existed {
		return nil, items{}, nil
	}
	held, err := labelled.items()
	if err != nil {
		return nil, nil, err
	}
	b, err := labelled.file()
	return b, held, err
}
