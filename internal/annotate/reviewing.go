package annotate

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"

	"github.com/mizan-corpus/mizan/internal/annotate/journal"
	"github.com/mizan-corpus/mizan/internal/annotate/review"
	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/native"
	"github.com/mizan-corpus/mizan/schema"
)

// reviewing is two passes whose differences are settled.
type reviewing struct {
	names    [2]string
	passes   [2]map[string]*state // by doc_id
	actors   [2]*table
	renamed  review.Names
	compared map[string]*review.Comparison
}

// PassError is a pass that is not there.
type PassError struct {
	Name  string
	Known []string
}

func (e *PassError) Error() string { return fmt.Sprintf("no pass is named %q", e.Name) }

// Hint is the next step.
func (e *PassError) Hint() string {
	if len(e.Known) == 0 {
		return "there is none yet: dataset annotate LABELS --pass NAME makes one"
	}
	return fmt.Sprintf("there are %v", e.Known)
}

// loadReview reads the two passes as they are now.
func (s *Session) loadReview() error {
	if s.opt.Review == [2]string{} {
		return nil
	}
	r := &reviewing{names: s.opt.Review, compared: map[string]*review.Comparison{}}
	known, folders, err := native.Folder(s.opt.Labels).Passes()
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for side, name := range r.names {
		i := slices.Index(known, name)
		if i < 0 {
			return &PassError{name, known}
		}
		if r.passes[side], err = s.readPass(folders[i]); err != nil {
			return err
		}
		if r.actors[side], err = readActors(labels.Source(folders[i])); err != nil {
			return err
		}
		if r.actors[side] == nil {
			r.actors[side] = s.actors.clone()
		}
	}
	var pairs []*eval.Pair
	for _, a := range s.articles {
		if p := r.pair(a, r.passes[1][a.DocID]); p != nil {
			pairs = append(pairs, p)
		}
	}
	r.renamed = review.NamesOf(pairs)
	s.review = r
	return nil
}

// readPass reads the label files of a pass. One that cannot be read ends the review
// before it begins.
func (s *Session) readPass(folder native.Folder) (map[string]*state, error) {
	list := map[string]*state{}
	for _, a := range s.articles {
		b, err := fs.ReadFile(folder.FS, path.Join(folder.Path, a.file.name))
		if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) {
			continue
		}
		if err == nil {
			list[a.DocID], err = s.parseLabels(a, b)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", labels.Source(folder).Display(path.Join(folder.Path, a.file.name)), err)
		}
	}
	return list, nil
}

// pair is an article as the first pass has it and as other has it, nil where one of
// them does not have it.
func (r *reviewing) pair(a *article, other *state) *eval.Pair {
	first := r.passes[0][a.DocID]
	if first == nil || other == nil {
		return nil
	}
	return &eval.Pair{DocID: a.DocID, Article: a.Article, Gold: &first.document().Annotation, Pred: &other.document().Annotation}
}

// comparison is the article as both passes have it, nil where one does not.
func (s *Session) comparison(a *article) *review.Comparison {
	r := s.review
	if c, ok := r.compared[a.DocID]; ok {
		return c
	}
	p := r.pair(a, r.passes[1][a.DocID])
	if p == nil {
		return nil
	}
	p.Pred = r.renamed.Renamed(p.Pred)
	c := review.Compare(p)
	r.compared[a.DocID] = c
	return c
}

// detail is what the journal keeps of a decision, for the table of adjudications.
type detail struct {
	Item   string `json:"item"`           // key of the item
	Gold   string `json:"gold,omitempty"` // its id among the settled labels
	What   string `json:"what"`
	A      string `json:"a"`
	B      string `json:"b"`
	Chosen string `json:"chosen"`
}

// decisions are those that stand, by difference.
func (s *Session) decisions(a *article) map[string]*journal.Entry {
	standing := map[string][]*journal.Entry{}
	byItem := func(seq int) string { return s.entries[seq-1].Item }
	for i := range s.entries {
		e := &s.entries[i]
		if e.Article != a.DocID {
			continue
		}
		switch {
		case e.Kind == journal.Review:
			standing[e.Item] = append(standing[e.Item], e)
		case e.Kind == journal.Undo && s.entries[e.Of-1].Kind == journal.Review:
			item := byItem(e.Of)
			standing[item] = slices.DeleteFunc(standing[item], func(x *journal.Entry) bool { return x.Seq == e.Of })
		case e.Kind == journal.Redo && s.entries[e.Of-1].Kind == journal.Review:
			standing[byItem(e.Of)] = append(standing[byItem(e.Of)], &s.entries[e.Of-1])
		}
	}
	last := map[string]*journal.Entry{}
	for item, list := range standing {
		if len(list) > 0 {
			last[item] = list[len(list)-1]
		}
	}
	return last
}

// agreedItem is how the journal names the decision that nobody makes: what both passes
// have.
const agreedItem = "agreed"

// beginReview puts what both passes have among the labels of an article that has none.
func (s *Session) beginReview(a *article, c *review.Comparison) error {
	if s.ReadOnly() || !a.state.empty() || a.existed || len(s.decisions(a)) > 0 {
		return nil
	}
	mentions, events := c.Agreed()
	var do []journal.Action
	for i := range mentions {
		actors, err := s.bring(mentions[i].ActorID, do)
		if err != nil {
			return err
		}
		b, err := native.AppendMention(nil, &mentions[i])
		if err != nil {
			return err
		}
		do = append(append(do, actors...), journal.Action{Op: "put", Kind: kindMention, ID: mentions[i].ID, Value: b})
	}
	for i := range events {
		b, err := native.AppendEvent(nil, &events[i])
		if err != nil {
			return err
		}
		do = append(do, journal.Action{Op: "put", Kind: kindEvent, ID: events[i].ID, Value: b})
	}
	d, err := json.Marshal(detail{What: fmt.Sprintf("what %s and %s have alike", s.review.names[0], s.review.names[1])})
	if err != nil {
		return err
	}
	e := journal.Entry{Kind: journal.Review, Item: agreedItem, Choice: "both", Detail: d, Do: do}
	e.Why = fmt.Sprintf("what %s and %s have alike", s.review.names[0], s.review.names[1])
	return s.change(a, e)
}

// bring is the actions that bring an actor, and its members, from the tables of the
// passes into the labels' own, where do does not yet.
func (s *Session) bring(id string, do []journal.Action) ([]journal.Action, error) {
	if id == "" || schema.IsNIL(id) || s.actors.find(id) != nil || slices.ContainsFunc(do, func(x journal.Action) bool { return x.Kind == kindActor && x.ID == id }) {
		return nil, nil
	}
	row := s.review.actors[0].find(id)
	if row == nil {
		for from, to := range s.review.renamed.Actors {
			if to == id {
				row = cmp.Or(row, s.review.actors[1].find(from))
			}
		}
		row = cmp.Or(row, s.review.actors[1].find(id))
	}
	if row == nil {
		return nil, nil // lint says that there is no such actor
	}
	copied := *row
	copied.ID = id
	b, err := native.AppendActor(nil, &copied)
	if err != nil {
		return nil, err
	}
	out := []journal.Action{{Op: "put", Kind: kindActor, ID: id, Value: b}}
	for _, member := range copied.Members {
		more, err := s.bring(member, append(slices.Clone(do), out...))
		if err != nil {
			return nil, err
		}
		out = append(out, more...)
	}
	return out, nil
}

// goldID is the id of an item of the passes among the settled labels, "" for none: as
// a decision has noted it, or else the first pass's own, or what stands there with the
// same type.
func (s *Session) goldID(a *article, x *review.Item, decided map[string]*journal.Entry) string {
	for _, e := range decided {
		var d detail
		if json.Unmarshal(e.Detail, &d) == nil && d.Item == x.Key && d.Gold != "" && a.state.has(x.Mention(), d.Gold) {
			return d.Gold
		}
	}
	if x.Mention() {
		for _, m := range []*schema.Mention{x.MentionA, x.MentionB} {
			if m == nil {
				continue
			}
			if m == x.MentionA && slices.ContainsFunc(a.state.mentions, func(y schema.Mention) bool { return y.ID == m.ID && y.Span.Overlaps(m.Span) }) {
				return m.ID
			}
			if id := a.state.likeMention(m); id != "" {
				return id
			}
		}
		return ""
	}
	for _, e := range []*schema.Event{x.EventA, x.EventB} {
		if e == nil {
			continue
		}
		if e == x.EventA && slices.ContainsFunc(a.state.events, func(y schema.Event) bool { return y.ID == e.ID && y.Span.Overlaps(e.Span) }) {
			return e.ID
		}
		if id := a.state.likeEvent(e); id != "" {
			return id
		}
	}
	return ""
}

func (s *state) has(mention bool, id string) bool {
	if mention {
		return slices.ContainsFunc(s.mentions, func(m schema.Mention) bool { return m.ID == id })
	}
	return slices.ContainsFunc(s.events, func(e schema.Event) bool { return e.ID == id })
}

// goldIDs finds items of the passes among the settled labels.
func (s *Session) goldIDs(a *article, c *review.Comparison, decided map[string]*journal.Entry) review.Gold {
	find := func(mention bool) func(string) string {
		return func(id string) string {
			other, onlyB := review.OnlyB(id)
			for _, x := range c.Items {
				if x.Mention() == mention && (!onlyB && x.IDA() == id || onlyB && x.IDB() == other) {
					return s.goldID(a, x, decided)
				}
			}
			return ""
		}
	}
	return review.Gold{Mention: find(true), Event: find(false)}
}

// overlaid is a third answer as a whole row: one that is only a part, as a span alone,
// is laid over the settled label, or over that of the pass that has it.
func (s *Session) overlaid(a *article, kind string, d *review.Difference, value json.RawMessage, gold string) (json.RawMessage, error) {
	var part map[string]json.RawMessage
	if len(value) == 0 || string(value) == "null" {
		return value, nil
	}
	if err := json.Unmarshal(value, &part); err != nil {
		return nil, err
	}
	if part["type"] != nil {
		return value, nil
	}
	all, err := a.state.items()
	if err != nil {
		return nil, err
	}
	row, ok := all[key{kind, gold}]
	if !ok && kind == kindMention {
		row, err = native.AppendMention(nil, cmp.Or(d.Item.MentionA, d.Item.MentionB))
	} else if !ok {
		row, err = native.AppendEvent(nil, cmp.Or(d.Item.EventA, d.Item.EventB))
	}
	var whole map[string]json.RawMessage
	if err == nil {
		err = json.Unmarshal(row, &whole)
	}
	if err != nil {
		return nil, err
	}
	if part["start"] != nil { // what counts in the old span
		delete(whole, "text")
		delete(whole, "fragments")
		if part["head_start"] == nil {
			delete(whole, "head_start")
			delete(whole, "head_end")
		}
	}
	for k, v := range part {
		whole[k] = v
	}
	return json.Marshal(whole)
}
