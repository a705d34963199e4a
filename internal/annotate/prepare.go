package annotate

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/mizan-corpus/mizan/internal/annotate/journal"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/native"
	"github.com/mizan-corpus/mizan/schema"
)

// preparation makes of the actions of a page those that the journal has: every item
// named and with its surface, and what hangs on an item dropped with it. It does
// them on a copy.
type preparation struct {
	session *Session
	index   *schema.Index
	target
	out  []journal.Action
	made []string // ids given
}

func (s *Session) prepare(a *article, do []journal.Action) (*preparation, error) {
	p := &preparation{session: s, index: a.index, target: target{a.state.clone(), s.actors.clone()}}
	for _, action := range do {
		if err := p.add(action); err != nil {
			return nil, refusal(err)
		}
	}
	return p, nil
}

// refusal is an error of what the page sent.
func refusal(err error) error {
	var refused *RefusedError
	if errors.As(err, &refused) {
		return err
	}
	var problems labels.RecordErrors
	if errors.As(err, &problems) && len(problems) > 0 {
		p := problems[0]
		text := p.What + ": found " + p.Found
		if p.Expected != "" {
			text += ", expected " + p.Expected
		}
		return &RefusedError{text, p.Advice}
	}
	return &RefusedError{Message: err.Error()}
}

func (p *preparation) add(a journal.Action) error {
	switch {
	case a.Op == "put" && a.Kind == kindMention:
		return p.putMention(a)
	case a.Op == "put" && a.Kind == kindEvent:
		return p.putEvent(a)
	case a.Op == "put" && a.Kind == kindActor:
		return p.putActor(a)
	case a.Op == "put" && a.Kind == kindRegion:
		return p.putRegion(a)
	case a.Op == "drop":
		return p.drop(a)
	case a.Op == "state" && string(a.Value) == `"done"` && p.session.undecided(p.labels.docID) > 0:
		return &RefusedError{fmt.Sprintf("differences that are not settled: %d", p.session.undecided(p.labels.docID)), "settle them first"}
	}
	return p.do(journal.Action{Op: a.Op, Kind: a.Kind, ID: a.ID, Value: a.Value})
}

// do keeps an action and does it.
func (p *preparation) do(a journal.Action) error {
	_, err := p.apply(a)
	if err == nil {
		p.out = append(p.out, a)
	}
	return err
}

// surface gives a span its text, and holds a text that is given against it.
func (p *preparation) surface(what string, s schema.Span, text *string) error {
	at, ok := p.index.Slice(s)
	switch {
	case !ok || !s.Valid():
		return &RefusedError{fmt.Sprintf("%s: found the span %s, expected one inside the text of %d code points", what, s, p.index.Len()), ""}
	case *text != "" && *text != at:
		return &RefusedError{fmt.Sprintf("%s: found the text %q at %s, expected %q", what, at, s, *text), "the page shows another text: load it again"}
	case strings.TrimSpace(at) != at || at == "":
		return &RefusedError{fmt.Sprintf("%s: found %q, which begins or ends with white space", what, at), ""}
	}
	*text = at
	return nil
}

func (p *preparation) putMention(a journal.Action) error {
	m, err := native.ParseMention(string(a.Value))
	if err != nil {
		return err
	}
	m.ID = cmp.Or(m.ID, a.ID)
	if m.ID == "" {
		m.ID = nextID("m", p.labels.mentions, func(m *schema.Mention) string { return m.ID })
		p.made = append(p.made, m.ID)
	}
	if err := p.surface("mention "+m.ID, m.Span, &m.Text); err != nil {
		return err
	}
	b, err := native.AppendMention(nil, &m)
	if err != nil {
		return err
	}
	return p.do(journal.Action{Op: "put", Kind: kindMention, ID: m.ID, Value: b})
}

func (p *preparation) putEvent(a journal.Action) error {
	e, err := native.ParseEvent(string(a.Value))
	if err != nil {
		return err
	}
	e.ID = cmp.Or(e.ID, a.ID)
	if e.ID == "" {
		e.ID = nextID("e", p.labels.events, func(e *schema.Event) string { return e.ID })
		p.made = append(p.made, e.ID)
	}
	if err := p.surface("event "+e.ID, e.Span, &e.Text); err != nil {
		return err
	}
	for i := range e.Arguments {
		if x := &e.Arguments[i]; x.Span.IsSet() {
			if err := p.surface(x.Role+" of event "+e.ID, x.Span, &x.Text); err != nil {
				return err
			}
		}
	}
	return p.putEventItem(&e)
}

func (p *preparation) putEventItem(e *schema.Event) error {
	b, err := native.AppendEvent(nil, e)
	if err != nil {
		return err
	}
	return p.do(journal.Action{Op: "put", Kind: kindEvent, ID: e.ID, Value: b})
}

func (p *preparation) putActor(a journal.Action) error {
	x, err := native.ParseActor(string(a.Value))
	if err != nil {
		return err
	}
	x.ID = cmp.Or(x.ID, a.ID)
	if x.ID == "" {
		x.ID = p.actorID(x.NameEN)
		p.made = append(p.made, x.ID)
	}
	b, err := native.AppendActor(nil, &x)
	if err != nil {
		return err
	}
	return p.do(journal.Action{Op: "put", Kind: kindActor, ID: x.ID, Value: b})
}

// actorID is a free id made of the Latin letters and digits of a name.
func (p *preparation) actorID(name string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(name) {
		switch {
		case r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	stem := cmp.Or(strings.Trim(b.String(), "-"), "actor")
	id := stem
	for n := 2; p.actors.find(id) != nil || id == "actor"; n++ {
		id = stem + "-" + strconv.Itoa(n)
		if stem == "actor" {
			id = stem + "-" + strconv.Itoa(n-1)
		}
	}
	return id
}

// putRegion joins a region with those that it touches.
func (p *preparation) putRegion(a journal.Action) error {
	var s schema.Span
	var err error
	if a.ID != "" {
		s, err = parseRegionID(a.ID)
	} else {
		var v struct{ Start, End int32 }
		err = json.Unmarshal(a.Value, &v)
		s = schema.Span{Start: v.Start, End: v.End}
	}
	if err != nil {
		return err
	}
	if !s.Valid() || s.End > p.index.Len() {
		return &RefusedError{fmt.Sprintf("unlabelled: found the span %s, expected one inside the text of %d code points", s, p.index.Len()), ""}
	}
	for _, r := range slices.Clone(p.labels.regions) {
		if r.Start <= s.End && s.Start <= r.End {
			s = schema.Span{Start: min(r.Start, s.Start), End: max(r.End, s.End)}
			if err := p.do(journal.Action{Op: "drop", Kind: kindRegion, ID: regionID(r)}); err != nil {
				return err
			}
		}
	}
	return p.do(journal.Action{Op: "put", Kind: kindRegion, ID: regionID(s)})
}

// drop takes an item out, and what names it out of events. An actor that is
// mentioned stays.
func (p *preparation) drop(a journal.Action) error {
	if a.Kind == kindActor {
		if use := p.session.useOf(a.ID, p.target); use != "" {
			return &RefusedError{fmt.Sprintf("actor %q is used: %s", a.ID, use), "give those mentions another actor first"}
		}
	}
	for _, e := range slices.Clone(p.labels.events) {
		kept := slices.DeleteFunc(slices.Clone(e.Arguments), func(x schema.Argument) bool {
			return a.Kind == kindMention && x.MentionID == a.ID || a.Kind == kindEvent && x.TargetEventID == a.ID
		})
		changed := len(kept) < len(e.Arguments)
		e.Arguments = kept
		if a.Kind == kindMention && e.SourceMentionID == a.ID {
			e.SourceMentionID, changed = "", true
		}
		if !changed || a.Kind == kindEvent && e.ID == a.ID {
			continue
		}
		if err := p.putEventItem(&e); err != nil {
			return err
		}
	}
	return p.do(journal.Action{Op: "drop", Kind: a.Kind, ID: a.ID})
}

// nextID is the prefix with the number after the greatest one in use.
func nextID[T any](prefix string, list []T, id func(*T) string) string {
	most := 0
	for i := range list {
		if rest, ok := strings.CutPrefix(id(&list[i]), prefix); ok {
			if n, err := strconv.Atoi(rest); err == nil {
				most = max(most, n)
			}
		}
	}
	return prefix + strconv.Itoa(most+1)
}
