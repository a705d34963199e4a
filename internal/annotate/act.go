package annotate

import (
	"fmt"

	"github.com/mizan-corpus/mizan/internal/annotate/journal"
)

// Request is what a page asks for.
type Request struct {
	Article string           `json:"article"`
	Rev     int              `json:"rev"` // of the article as the page shows it
	Do      []journal.Action `json:"do"`
	Why     string           `json:"why"`
	Seconds float64          `json:"seconds"`
}

// mostSeconds bounds what one action is said to have taken: a page that was left
// open over night is no work.
const mostSeconds = 3600

// Act does the actions of a page, all or none. When it returns they are on disk.
func (s *Session) Act(r Request) (*Answer, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a, err := s.fresh(r)
	if err != nil {
		return nil, err
	}
	if len(r.Do) == 0 {
		return nil, &RefusedError{Message: "found no action, expected one or more"}
	}
	return s.act(a, r, journal.Entry{Kind: journal.Act})
}

// act does prepared actions under an entry.
func (s *Session) act(a *article, r Request, e journal.Entry) (*Answer, error) {
	p, err := s.prepare(a, r.Do)
	if err != nil {
		return nil, err
	}
	e.Why, e.Seconds, e.Do = r.Why, clampSeconds(r.Seconds), p.out
	if err := s.change(a, e); err != nil {
		return nil, err
	}
	answer, err := s.answer(a, e.Do)
	if err == nil {
		answer.Made = p.made
	}
	return answer, err
}

func clampSeconds(x float64) float64 {
	if !(x > 0) {
		return 0
	}
	return float64(int(min(x, mostSeconds)*10)) / 10
}

// change does the actions of an entry if the rules allow it.
func (s *Session) change(a *article, e journal.Entry) error {
	t := s.copyFor(a, e.Do)
	back, err := t.applyAll(e.Do)
	if err != nil {
		return refusal(err)
	}
	if err := s.allowed(a, t); err != nil {
		return err
	}
	e.Back = back
	return s.commit(a, e, t)
}

// copyFor is a copy of what actions will change, and the rest as it is.
func (s *Session) copyFor(a *article, do []journal.Action) target {
	t := target{actors: s.actors}
	if a != nil {
		t.labels = a.state.clone()
	}
	if touchesActors(do) {
		t.actors = s.actors.clone()
	}
	return t
}

// allowed refuses labels that are none, where those of now are.
func (s *Session) allowed(a *article, t target) error {
	before, err := s.lint(a, a.state, s.actors)
	if err != nil {
		return err
	}
	after, err := s.lint(a, t.labels, t.actors)
	if err != nil {
		return refusal(err)
	}
	return refuse(before, after)
}

// fresh is the article of a request, if nothing has changed since the page read it.
func (s *Session) fresh(r Request) (*article, error) {
	a, err := s.article(r.Article)
	if err != nil {
		return nil, err
	}
	if s.ReadOnly() {
		return nil, ErrReadOnly
	}
	if err := s.notice(a); err != nil {
		return nil, err
	}
	switch {
	case a.file.problem != "":
		return nil, &StaleError{a.file.problem}
	case s.table.problem != "":
		return nil, &StaleError{s.table.problem}
	case r.Rev != a.rev:
		return nil, &StaleError{fmt.Sprintf("the labels have changed since this page was loaded (entry %d, now %d): nothing was done", r.Rev, a.rev)}
	}
	return a, nil
}

// commit writes an entry whose actions are done in t already: into the journal first,
// then into the files. a is nil for the table of actors alone.
func (s *Session) commit(a *article, e journal.Entry, t target) error {
	if err := s.base(a); err != nil {
		return err
	}
	e.Before, e.After = map[string]string{}, map[string]string{}
	var content, actors []byte
	var held, actorsHeld items
	var err error
	if a != nil {
		e.Article, e.Text = a.DocID, hash([]byte(a.Text))
		if content, held, err = fileOf(t.labels, a.existed); err != nil {
			return err
		}
		e.Before[a.file.name], e.After[a.file.name] = a.file.disk, hash(content)
	}
	touched := touchesActors(e.Do)
	if touched {
		if actorsHeld, err = t.actors.items(); err != nil {
			return err
		}
		if actors, err = t.actors.file(s.existed); err != nil {
			return err
		}
		e.Before[s.table.name], e.After[s.table.name] = s.table.disk, hash(actors)
	}
	if err := s.append(&e); err != nil {
		return err
	}
	s.actors = t.actors
	if touched {
		s.write(&s.table, actors, actorsHeld)
	}
	if a == nil {
		s.watch.tell(Changed{})
		return nil
	}
	a.state = t.labels
	a.track(&e)
	if hash(content) != a.file.disk {
		s.write(&a.file, content, held)
	}
	s.watch.tell(Changed{a.DocID, a.rev})
	return nil
}

// append brings an entry to disk and keeps it.
func (s *Session) append(e *journal.Entry) error {
	if err := s.log.Append(e); err != nil {
		return err
	}
	if len(s.entries) == 0 { // the log began with a line of its own
		s.entries = append(s.entries, journal.Entry{Seq: 1, Kind: journal.Begin})
	}
	s.entries = append(s.entries, *e)
	s.touches.note(e)
	return nil
}

func touchesActors(do []journal.Action) bool {
	for _, a := range do {
		if a.Kind == kindActor {
			return true
		}
	}
	return false
}

// base writes into the journal what the files held before the first action, so that
// the journal alone gives every state.
func (s *Session) base(a *article) error {
	if !s.based {
		held, err := s.actors.items()
		if err != nil {
			return err
		}
		e := journal.Entry{Kind: journal.Base, Do: difference(nil, held), Before: map[string]string{s.table.name: s.table.disk}}
		after := s.table.disk
		var content []byte
		if s.opt.Pass != "" && after == "" { // a pass keeps the actors as it found them
			if content, err = s.actors.file(false); err != nil {
				return err
			}
			after = hash(content)
		}
		e.After = map[string]string{s.table.name: after}
		if err := s.append(&e); err != nil {
			return err
		}
		s.based = true
		if content != nil {
			s.write(&s.table, content, held)
		}
	}
	if a == nil || a.based {
		return nil
	}
	if err := s.keepText(a); err != nil {
		return err
	}
	held, err := a.state.items()
	if err != nil {
		return err
	}
	e := journal.Entry{Kind: journal.Base, Article: a.DocID, Text: hash([]byte(a.Text)), Do: difference(nil, held),
		Before: map[string]string{a.file.name: a.file.disk}, After: map[string]string{a.file.name: a.file.disk}}
	if err := s.append(&e); err != nil {
		return err
	}
	a.track(&e)
	return nil
}

// Undo takes back the last action on an article, also one of an earlier session.
func (s *Session) Undo(r Request) (*Answer, error) { return s.step(r, journal.Undo) }

// Redo does again what was undone last.
func (s *Session) Redo(r Request) (*Answer, error) { return s.step(r, journal.Redo) }

func (s *Session) step(r Request, kind journal.Kind) (*Answer, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a, err := s.fresh(r)
	if err != nil {
		return nil, err
	}
	list := a.undo
	if kind == journal.Redo {
		list = a.redo
	}
	if len(list) == 0 {
		return nil, &RefusedError{Message: fmt.Sprintf("there is nothing to %s", kind)}
	}
	of := s.entries[list[len(list)-1]-1]
	do := of.Back
	if kind == journal.Redo {
		do = of.Do
	}
	t := s.copyFor(a, do)
	back, err := t.applyAll(do)
	if err != nil {
		return nil, refusal(err)
	}
	if err := s.actorsAsLeft(kind, &of, t); err != nil {
		return nil, err
	}
	e := journal.Entry{Kind: kind, Of: of.Seq, Why: of.Why, Item: of.Item, Choice: of.Choice, Seconds: clampSeconds(r.Seconds), Do: do, Back: back}
	if err := s.commit(a, e, t); err != nil {
		return nil, err
	}
	return s.answer(a, do)
}

// ArticleID is the article that the request is about.
func (r *Request) ArticleID() string { return r.Article }
