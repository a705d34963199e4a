package annotate

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/annotate/journal"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/native"
	"github.com/mizan-corpus/mizan/schema"
)

// table is the actors by id.
type table struct{ actors []schema.Actor }

func (t *table) clone() *table { return &table{slices.Clone(t.actors)} }

// find is the actor of that id, or nil.
func (t *table) find(id string) *schema.Actor {
	i, ok := slices.BinarySearchFunc(t.actors, id, func(a schema.Actor, id string) int { return strings.Compare(a.ID, id) })
	if !ok {
		return nil
	}
	return &t.actors[i]
}

// file is the table in canonical form, nil where there is none to be.
func (t *table) file(existed bool) ([]byte, error) {
	if len(t.actors) == 0 && !existed {
		return nil, nil
	}
	var b bytes.Buffer
	err := native.WriteActors(&b, t.actors)
	return b.Bytes(), err
}

func (t *table) items() (items, error) {
	m := items{}
	for i := range t.actors {
		b, err := native.AppendActor(nil, &t.actors[i])
		if err != nil {
			return nil, err
		}
		m[key{kindActor, t.actors[i].ID}] = b
	}
	return m, nil
}

// readActors reads the table of actors of a folder; nil where it has none.
func readActors(src labels.Source) (*table, error) {
	if src.FS == nil {
		return nil, nil
	}
	t := &table{}
	src.Path = path.Join(src.Path, native.ActorsFile)
	for row, err := range native.ReadActors(src, labels.ReadOptions{}) {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		t.actors = append(t.actors, row.Actor)
	}
	slices.SortStableFunc(t.actors, func(x, y schema.Actor) int { return strings.Compare(x.ID, y.ID) })
	for i := 1; i < len(t.actors); i++ {
		if t.actors[i-1].ID == t.actors[i].ID {
			return nil, fmt.Errorf("%s: actor %q: found it twice", src.Display(src.Path), t.actors[i].ID)
		}
	}
	return t, nil
}

// loadActors reads the table of actors: that of the folder, or, for a pass that is
// not begun, the one beside the labels.
func (s *Session) loadActors() error {
	own, err := readActors(s.source())
	if err != nil {
		return err
	}
	content, err := s.read(&s.table)
	if err != nil {
		return err
	}
	s.table.disk, s.table.held, s.existed = hash(content), items{}, content != nil
	if own == nil && s.opt.Pass != "" {
		if own, err = readActors(s.opt.Labels); err != nil {
			return err
		}
	}
	if own == nil {
		own = &table{}
	}
	s.actors = own
	if content != nil {
		s.table.held, err = own.items()
	}
	return err
}

// matchActors holds the table that the journal made against its file.
func (s *Session) matchActors(w *written) error {
	content, err := s.read(&s.table)
	if err != nil {
		return err
	}
	f := &s.table
	switch hash(content) {
	case w.after:
		f.disk = w.after
		f.held, err = s.actors.items()
		return err
	case w.before:
		f.disk, f.held = w.before, w.held
		return s.rewriteActors()
	}
	f.disk, f.held = w.before, w.held
	return s.takeInActors(content)
}

func (s *Session) rewriteActors() error {
	held, err := s.actors.items()
	if err != nil {
		return err
	}
	content, err := s.actors.file(s.existed)
	if err != nil {
		return err
	}
	s.write(&s.table, content, held)
	return nil
}

// takeInActors takes in what something else did to the table of actors.
func (s *Session) takeInActors(content []byte) error {
	ours, err := s.actors.items()
	if err != nil {
		return err
	}
	do := s.table.change(content, ours, func([]byte) (items, error) {
		t, err := readActors(s.source())
		if err != nil {
			return nil, err
		}
		return t.items()
	})
	if s.table.problem != "" {
		return nil
	}
	t := s.copyFor(nil, do)
	back, err := t.applyAll(do)
	if err != nil {
		return err
	}
	before := hash(content)
	s.table.disk, s.table.held = before, s.table.theirs
	return s.commit(nil, journal.Entry{Kind: journal.Found, Why: s.table.name + " was changed by something else", Do: do, Back: back}, t)
}
