package annotate

import (
	"cmp"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/internal/annotate/journal"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/native"
	"github.com/mizan-corpus/mizan/schema"
)

// gold is how the labels beside the passes are named.
const gold = "gold"

// suggestionsShown is how journals name the labels of an extractor.
const suggestionsShown = "suggestions"

// others are the labels of an article that are not one's own. They are shown when
// one's own are declared done, or where nothing can be changed, and not before: who
// sees what others found labels that. That they were shown is in the journal first.
func (s *Session) others(a *article) (*Others, error) {
	if !s.ReadOnly() && !a.state.done && s.review == nil {
		return nil, nil
	}
	found, err := s.otherFiles(a)
	if err != nil {
		return nil, err
	}
	o := &Others{Passes: []OtherPass{}, Suggestions: s.suggestionsFor(a)}
	hashes := map[string]string{}
	var shown []string
	for _, f := range found {
		if st, err := s.parseLabels(a, f.content); err == nil {
			p := OtherPass{Name: f.name}
			if p.Mentions, p.Events, err = rows(st.mentions, st.events); err != nil {
				return nil, err
			}
			o.Passes = append(o.Passes, p)
			shown = append(shown, f.name)
			hashes[f.name] = hash(f.content)
		}
	}
	if len(o.Suggestions) > 0 {
		shown = append(shown, suggestionsShown)
		hashes[suggestionsShown] = s.opt.SuggestedHash
	}
	return o, s.noteSeen(a, shown, hashes)
}

// otherFile is a label file of another pass.
type otherFile struct {
	name    string
	content []byte
}

// otherFiles are the label files of an article in the other passes, and of gold.
func (s *Session) otherFiles(a *article) ([]otherFile, error) {
	if s.opt.Labels.FS == nil {
		return nil, nil
	}
	names, folders, err := native.Folder(s.opt.Labels).Passes()
	if err != nil {
		return nil, err
	}
	if s.opt.Pass != "" {
		names, folders = append([]string{gold}, names...), append([]native.Folder{native.Folder(s.opt.Labels)}, folders...)
	}
	var list []otherFile
	for i, name := range names {
		if name == s.opt.Pass || s.review != nil && !slices.Contains(s.review.names[:], name) {
			continue
		}
		b, err := fs.ReadFile(folders[i].FS, path.Join(folders[i].Path, a.file.name))
		if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) {
			continue
		}
		if err != nil {
			return nil, err
		}
		list = append(list, otherFile{name, b})
	}
	return list, nil
}

// noteSeen brings into the journal what is about to be shown, once for each state of it.
func (s *Session) noteSeen(a *article, shown []string, hashes map[string]string) error {
	if s.ReadOnly() {
		return nil
	}
	var fresh []string
	before := map[string]string{}
	for _, name := range shown {
		if a.seen[name] != hashes[name] {
			fresh = append(fresh, name)
			before[name] = hashes[name]
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	e := journal.Entry{Kind: journal.Seen, Article: a.DocID, Shown: fresh, Before: before}
	if err := s.append(&e); err != nil {
		return err
	}
	a.track(&e)
	return nil
}

// suggestionsFor are the labels of the extractor with what became of them.
func (s *Session) suggestionsFor(a *article) []Suggested {
	list := []Suggested{}
	d := s.opt.Suggested[a.DocID]
	if d == nil {
		return list
	}
	mentions, events, err := rows(d.Mentions, d.Events)
	if err != nil {
		return list
	}
	for i := range d.Mentions {
		m := &d.Mentions[i]
		list = append(list, a.suggested(kindMention, m.ID, mentions[i], a.state.likeMention(m) != ""))
	}
	for i := range d.Events {
		e := &d.Events[i]
		list = append(list, a.suggested(kindEvent, e.ID, events[i], a.state.likeEvent(e) != ""))
	}
	return list
}

func (a *article) suggested(kind, id string, value Row, have bool) Suggested {
	name := kind + "/" + id
	return Suggested{ID: name, Kind: kind, Value: value, Have: have, Verdict: a.verdicts[name]}
}

// likeMention is the id of a mention with the same span and type, "" for none.
func (s *state) likeMention(m *schema.Mention) string {
	for _, x := range s.mentions {
		if x.Span == m.Span && x.Type == m.Type && slices.Equal(x.Fragments, m.Fragments) {
			return x.ID
		}
	}
	return ""
}

// likeEvent is the id of an event with the same trigger and type, "" for none.
func (s *state) likeEvent(e *schema.Event) string {
	for _, x := range s.events {
		if x.Span == e.Span && x.Type == e.Type && slices.Equal(x.Fragments, e.Fragments) {
			return x.ID
		}
	}
	return ""
}

// VerdictRequest is what a person says to a suggestion.
type VerdictRequest struct {
	Request
	ID      string `json:"id"`
	Verdict string `json:"verdict"` // "accept" or "refuse"
}

// Judge accepts or refuses a suggestion.
func (s *Session) Judge(r VerdictRequest) (*Answer, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a, err := s.fresh(r.Request)
	if err != nil {
		return nil, err
	}
	if !a.state.done {
		return nil, &RefusedError{"suggestions are shown when one's own labels of the article are declared done", ""}
	}
	d := s.opt.Suggested[a.DocID]
	if d == nil {
		return nil, &RefusedError{Message: "there are no suggestions for this article"}
	}
	e := journal.Entry{Kind: journal.Verdict, Item: r.ID, Choice: r.Verdict}
	switch r.Verdict {
	case "refuse":
		r.Do = nil
	case "accept":
		if r.Do, err = s.accepting(a, d, r.ID); err != nil {
			return nil, err
		}
	default:
		return nil, &RefusedError{Message: "verdict: found " + r.Verdict + ", expected accept or refuse"}
	}
	if r.Verdict == "refuse" && !slices.ContainsFunc(s.suggestionsFor(a), func(x Suggested) bool { return x.ID == r.ID }) {
		return nil, &RefusedError{Message: "no suggestion " + r.ID}
	}
	r.Why = cmp.Or(r.Why, r.Verdict+" the suggestion "+r.ID)
	return s.act(a, r.Request, e)
}

// accepting is the actions that take a suggestion over: under an id of its own, with
// actors that the table has, and with the arguments whose mentions and events are
// among the labels.
func (s *Session) accepting(a *article, d *labels.Document, name string) ([]journal.Action, error) {
	kind, id, _ := strings.Cut(name, "/")
	if i := slices.IndexFunc(d.Mentions, func(m schema.Mention) bool { return m.ID == id }); i >= 0 && kind == kindMention {
		m := d.Mentions[i]
		m.ID, m.Confidence = "", nil
		if s.actors.find(m.ActorID) == nil {
			m.ActorID = ""
		}
		b, err := native.AppendMention(nil, &m)
		return []journal.Action{{Op: "put", Kind: kindMention, Value: b}}, err
	}
	i := slices.IndexFunc(d.Events, func(e schema.Event) bool { return e.ID == id })
	if i < 0 || kind != kindEvent {
		return nil, &RefusedError{Message: "no suggestion " + name}
	}
	e := d.Events[i]
	e.ID, e.Confidence, e.HopperID, e.PartOf = "", nil, "", ""
	own := func(mention string) string {
		if m := d.MentionByID(mention); m != nil {
			return a.state.likeMention(m)
		}
		return ""
	}
	e.SourceMentionID = own(e.SourceMentionID)
	var kept []schema.Argument
	for _, x := range e.Arguments {
		x.Confidence = nil
		switch {
		case x.MentionID != "":
			x.MentionID = own(x.MentionID)
		case x.TargetEventID != "":
			if j := slices.IndexFunc(d.Events, func(t schema.Event) bool { return t.ID == x.TargetEventID }); j >= 0 {
				x.TargetEventID = a.state.likeEvent(&d.Events[j])
			}
		}
		if x.MentionID+x.TargetEventID != "" || x.Span.Valid() {
			kept = append(kept, x)
		}
	}
	e.Arguments = kept
	b, err := native.AppendEvent(nil, &e)
	return []journal.Action{{Op: "put", Kind: kindEvent, Value: b}}, err
}

// Suggest gives the options an extractor's labels, whose spans stand in the articles.
// What has no id gets one.
func (o *Options) Suggest(docs []*labels.Document) error {
	o.Suggested = map[string]*labels.Document{}
	var all []byte
	for _, d := range docs {
		if d.Error != "" {
			continue
		}
		taken := map[string]bool{}
		name := func(id *string, prefix string, i int) {
			for n := i + 1; *id == "" || taken[prefix+*id]; n++ {
				*id = prefix + strconv.Itoa(n)
			}
			taken[prefix+*id] = true
		}
		for i := range d.Mentions {
			name(&d.Mentions[i].ID, "m", i)
		}
		for i := range d.Events {
			name(&d.Events[i].ID, "e", i)
		}
		var err error
		if all, err = native.AppendLine(all, d); err != nil {
			return err
		}
		o.Suggested[d.DocID] = d
	}
	o.SuggestedHash = hash(all)
	return nil
}
