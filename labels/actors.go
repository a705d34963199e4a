package labels

import (
	"fmt"
	"io"
	"iter"
	"path"

	"github.com/mizan-corpus/mizan/schema"
)

// ActorRow is one row of the table of actors and where it stands.
type ActorRow struct {
	schema.Actor
	At Position
}

var actorFields = []string{"actor_id", "name_en", "name_ar", "aliases", "type", "country", "sector",
	"other_sectors", "wikidata", "members"}

// ReadActors yields the rows of a table of actors: a JSON list of objects. A
// row that cannot be read is a (nil, *RecordError) item; any other error is
// I/O. A folder stands for the file actors.json in it.
func ReadActors(src Source, opt ReadOptions) iter.Seq2[*ActorRow, error] {
	return func(yield func(*ActorRow, error) bool) {
		file, err := actorsPath(src)
		var text string
		if err == nil {
			text, err = readWhole(src, file, opt)
		}
		if err != nil {
			yield(nil, err)
			return
		}
		rows, problems := parseActors(text, Position{File: src.Display(file), Line: 1})
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
func actorsPath(src Source) (string, error) {
	info, err := src.Stat()
	if err != nil {
		return "", err
	}
	if info.IsDir() {
		return path.Join(src.Path, ActorsFile), nil
	}
	return src.Path, nil
}

func parseActors(text string, at Position) ([]*ActorRow, RecordErrors) {
	s := newScanner(text, at)
	var rows []*ActorRow
	if s.peek() != '[' {
		s.fail(s.pos, s.sight(), "a list of actors", "")
		return nil, s.problems
	}
	ok := s.validUTF8() && s.array(func(int) bool {
		row := &ActorRow{At: s.position(s.pos)}
		before := len(s.problems)
		if !s.object(actorFields, func(field string) bool { return decodeActor(s, &row.Actor, field) }) {
			return false
		}
		if row.ID == "" && len(s.problems) == before {
			s.problem(s.pos, "no actor_id", "the actor's id", "")
		}
		if len(s.problems) == before {
			rows = append(rows, row)
		}
		return true
	})
	if ok && !s.atEnd() {
		s.fail(s.pos, s.sight()+" after the list", "the end", "")
	}
	return rows, s.problems
}

func decodeActor(s *scanner, a *schema.Actor, field string) bool {
	switch field {
	case "actor_id":
		return s.str(&a.ID)
	case "name_en":
		return s.str(&a.NameEN)
	case "name_ar":
		return s.str(&a.NameAR)
	case "aliases":
		return s.strings(&a.Aliases)
	case "type":
		return s.str(&a.Type)
	case "country":
		return s.str(&a.Country)
	case "sector":
		return s.str(&a.Sector)
	case "other_sectors":
		return s.strings(&a.OtherSectors)
	case "wikidata":
		return s.str(&a.Wikidata)
	}
	return s.strings(&a.Members)
}

// WriteActors writes a table of actors, one actor a line, in the given order.
// Empty fields are left out.
func WriteActors(w io.Writer, actors []schema.Actor) error {
	e := newEncoder(nil, true)
	e.list(len(actors), 1, func(i int) {
		a, before := &actors[i], e.err
		if a.ID == "" {
			e.fail("actor_id", "an empty string")
		}
		e.open()
		e.str("actor_id", a.ID)
		e.str("name_en", a.NameEN)
		e.str("name_ar", a.NameAR)
		e.strings("aliases", a.Aliases)
		e.str("type", a.Type)
		e.str("country", a.Country)
		e.str("sector", a.Sector)
		e.strings("other_sectors", a.OtherSectors)
		e.str("wikidata", a.Wikidata)
		e.strings("members", a.Members)
		e.close()
		if before == nil && e.err != nil {
			e.err = fmt.Errorf("actor %q: %w", a.ID, e.err)
		}
	})
	if e.err != nil {
		return e.err
	}
	_, err := w.Write(append(e.b, '\n'))
	return err
}
