package release

import (
	"slices"

	"github.com/mizan-corpus/mizan/internal/data/streams"
	"github.com/mizan-corpus/mizan/internal/data/tables"
)

// side is a label table in the walk of [Verify]: rows of articles that are not
// there are reported and passed over.
type side[T tables.Row] struct {
	*streams.Joined[T]
	content *content
	table   *tables.Table[T]
}

func newSide[T tables.Row](c *content, r *Release, t *tables.Table[T], docID func(*T) string) *side[T] {
	return &side[T]{streams.NewJoined(Rows[T](r), docID, nil), c, t}
}

// take is the rows of the article, the caller's own.
func (s *side[T]) take(docID string) []*T {
	for {
		row, err := s.Peek()
		if err != nil || row == nil {
			s.failed(err)
			return nil
		}
		if s.Key(row) >= docID {
			break
		}
		s.reportOrphan(row)
	}
	rows, err := s.Joined.Take(docID)
	s.failed(err)
	return slices.Clone(rows)
}

// finish reports the rows that are left.
func (s *side[T]) finish() {
	for {
		row, err := s.Peek()
		if err != nil || row == nil {
			s.failed(err)
			return
		}
		s.reportOrphan(row)
	}
}

func (s *side[T]) reportOrphan(row *T) {
	s.content.add(Violation{Table: s.table.Name, Row: s.table.Key(row), Column: "doc_id",
		Found: s.Key(row), Expected: "the doc_id of an article"})
	s.Ahead = nil
}

// failed reports an error of the stream once; the table was read without one
// before, so that it is I/O.
func (s *side[T]) failed(err error) {
	if err != nil && !s.Done {
		s.content.add(Violation{Table: s.table.Name, Found: err.Error()})
		s.Ahead, s.Err, s.Done = nil, nil, true
	}
}

// passSides is the three tables of the passes.
type passSides struct {
	mentions  *side[tables.PassMentionRow]
	events    *side[tables.PassEventRow]
	arguments *side[tables.PassArgumentRow]
}

func newPassSides(c *content, r *Release) *passSides {
	return &passSides{
		newSide(c, r, tables.PassMentionsTable, func(m *tables.PassMentionRow) string { return m.DocID }),
		newSide(c, r, tables.PassEventsTable, func(e *tables.PassEventRow) string { return e.DocID }),
		newSide(c, r, tables.PassArgumentsTable, func(a *tables.PassArgumentRow) string { return a.DocID }),
	}
}

// take is what each annotator marked in the article of the gold labels, by
// annotator.
func (p *passSides) take(gold *labelSet) []*labelSet {
	sets := map[string]*labelSet{}
	var names []string
	of := func(annotator string) *labelSet {
		if sets[annotator] == nil {
			names = append(names, annotator)
			sets[annotator] = &labelSet{content: gold.content, docID: gold.docID, annotator: annotator, index: gold.index}
		}
		return sets[annotator]
	}
	for _, r := range p.mentions.take(gold.docID) {
		of(r.Annotator).mentions = append(sets[r.Annotator].mentions, &r.MentionRow)
	}
	for _, r := range p.events.take(gold.docID) {
		of(r.Annotator).events = append(sets[r.Annotator].events, &r.EventRow)
	}
	for _, r := range p.arguments.take(gold.docID) {
		of(r.Annotator).arguments = append(sets[r.Annotator].arguments, &r.ArgumentRow)
	}
	slices.Sort(names)
	var list []*labelSet
	for _, n := range names {
		list = append(list, sets[n])
	}
	return list
}

func (p *passSides) finish() {
	p.mentions.finish()
	p.events.finish()
	p.arguments.finish()
}

func (p *passSides) stop() {
	p.mentions.Stop()
	p.events.Stop()
	p.arguments.Stop()
}
