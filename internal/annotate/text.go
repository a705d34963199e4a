package annotate

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/mizan-corpus/mizan/internal/annotate/journal"
	"github.com/mizan-corpus/mizan/internal/atomicfile"
	"github.com/mizan-corpus/mizan/internal/labels/rebase"
	"github.com/mizan-corpus/mizan/schema"
)

// textFile is where the text that labels stand on is kept, so that they can be
// carried over to another.
func (s *Session) textFile(sum string) string {
	return filepath.Join(s.dir(), journal.Dir, "texts", sum+".txt")
}

// keepText keeps an article's text.
func (s *Session) keepText(a *article) error {
	name := s.textFile(hash([]byte(a.Text)))
	if _, err := os.Stat(name); err == nil {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return err
	}
	return atomicfile.WriteSynced(name, []byte(a.Text))
}

// carry takes up an article whose text is another than that of the journal: labels
// are carried over to it, or taken from the file where that stands on it already.
func (s *Session) carry(a *article, r *replayed, content []byte) error {
	f := &a.file
	f.disk, f.found = hash(content), hash(content)
	strand := func(why string) error {
		a.stranded, f.problem, f.disk = true, why, ""
		return nil
	}
	if st, err := s.parseLabels(a, content); content != nil && err == nil && f.disk != r.written.after && f.disk != r.written.before {
		return s.carried(a, st, fmt.Sprintf("the text is another, and so is %s", f.name))
	}
	old, err := os.ReadFile(s.textFile(r.text))
	switch {
	case errors.Is(err, fs.ErrNotExist) || err == nil && hash(old) != r.text:
		return strand("the text is another than the one that was labelled, which is not at hand: dataset labels rebase carries the labels over")
	case err != nil:
		return err
	case f.disk != r.written.after && f.disk != r.written.before:
		return strand(fmt.Sprintf("the text is another, and %s was changed besides, to labels that do not stand in it", f.name))
	}
	result, err := rebase.Document(a.state.document(), schema.NewIndex(string(old)), a.index)
	if err != nil {
		return err
	}
	st, err := stateOf(result.Document)
	if err != nil {
		return err
	}
	c := result.Counts
	why := fmt.Sprintf("the text is another: of %d labels %d kept, %d moved, %d reworded, %d found again by their words, %d left out", c.Total(), c.Kept, c.Moved, c.Reworded, c.BySurface, c.Unplaced)
	st.done = false // someone should look
	return s.carried(a, st, why)
}

// carried makes labels on a new text those of the article. What went before cannot be
// undone: it counts in the old text.
func (s *Session) carried(a *article, st *state, why string) error {
	before, err := a.state.items()
	if err != nil {
		return err
	}
	after, err := st.items()
	if err != nil {
		return err
	}
	do := difference(before, after)
	if a.state.done {
		do = append(do, journal.Action{Op: "state", Value: quoted(StateDraft)})
	}
	t := s.copyFor(a, do)
	back, err := t.applyAll(do)
	if err != nil {
		return err
	}
	if err := s.keepText(a); err != nil {
		return err
	}
	s.notes = append(s.notes, a.DocID+": "+why)
	return s.commit(a, journal.Entry{Kind: journal.Text, Why: why, Do: do, Back: back}, t)
}
