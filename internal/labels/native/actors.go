package native

import (
	"fmt"
	"io"
	"iter"
	"path"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/jsontext"
	"github.com/mizan-corpus/mizan/internal/labels/textfile"
	"github.com/mizan-corpus/mizan/schema"
)

// ActorRow is one row of the table of actors and where it stands.
type ActorRow struct {
	schema.Actor
	At labels.Position
}

// ReadActors yields the rows of a table of actors: a JSON list of objects. A
// row that cannot be read is a (nil, *RecordError) item; any other error is
// I/O. A folder stands for the file actors.json in it.
func ReadActors(src labels.Source, opt labels.ReadOptions) iter.Seq2[*ActorRow, error] {
	return func(yield func(*ActorRow, error) bool) {
		file, err := actorsPath(src)
		var text string
		if err == nil {
			text, err = textfile.Read(src, file, opt)
		}
		if err != nil {
			yield(nil, err)
			return
		}
		rows, problems := parseActors(text, labels.Position{File: src.Display(file), Line: 1})
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
		for _, p := range problems {
			if !yield(nil, p) {
				return
			}
		}
	}
}

// actorsPath is the table's file: the source itself, or actors.json in it.
func actorsPath(src labels.Source) (string, error) {
	info, err := src.Stat()
	if err != nil {
		return "", err
	}
	if info.IsDir() {
		return path.Join(src.Path, ActorsFile), nil
	}
	return src.Path, nil
}

func parseActors(text string, at labels.Position) ([]*ActorRow, labels.RecordErrors) {
	s := jsontext.NewScanner(text, at)
	var rows []*ActorRow
	if s.Peek() != '[' {
		s.Fail(s.Pos, s.Sight(), "a list of actors", "")
		return nil, s.Problems
	}
	ok := s.ValidUTF8() && s.Array(func(int) bool {
		row := &ActorRow{At: s.Position(s.Pos)}
		before := len(s.Problems)
		if !actorForm.decode(s, &row.Actor, nil) {
			return false
		}
		if row.ID == "" && len(s.Problems) == before {
			s.Problem(s.Pos, "no actor_id", "the actor's id", "")
		}
		if len(s.Problems) == before {
			rows = append(rows, row)
		}
		return true
	})
	if ok && !s.AtEnd() {
		s.Fail(s.Pos, s.Sight()+" after the list", "the end", "")
	}
	return rows, s.Problems
}

// WriteActors writes a table of actors, one actor a line, in the given order.
// Empty fields are left out.
func WriteActors(w io.Writer, actors []schema.Actor) error {
	e := jsontext.NewEncoder(nil, true)
	e.List(len(actors), 1, func(i int) {
		a, before := &actors[i], e.Err
		if a.ID == "" {
			e.Fail("actor_id", "an empty string")
		}
		e.Open()
		actorForm.encode(e, a)
		e.Close()
		if before == nil && e.Err != nil {
			e.Err = fmt.Errorf("actor %q: %w", a.ID, e.Err)
		}
	})
	if e.Err != nil {
		return e.Err
	}
	_, err := w.Write(append(e.B, '\n'))
	return err
}
