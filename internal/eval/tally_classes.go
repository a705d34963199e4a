package eval

import (
	"slices"

	"github.com/mizan-corpus/mizan/schema"
)

// Intern numbers classes in the order of their names, so that whatever goes by
// the numbers does not depend on the order of the input. It is called on an
// empty tally, before anything is counted.
func (t *Tally) Intern(names []string) {
	slices.Sort(names)
	for _, name := range names {
		t.Class(name)
	}
	t.interned = len(t.names)
}

// mentionClasses are the classes of the types of an annotation's mentions.
type mentionClasses struct {
	of   *schema.Annotation
	list []Class
}

// MentionClasses are the classes of the types of an annotation's mentions, in
// their order. Those of two annotations are kept, so that they are found once
// for a pair; the list is valid until those of two others were asked for.
func (t *Tally) MentionClasses(a *schema.Annotation) []Class {
	for i := range t.mentions {
		if t.mentions[i].of == a {
			t.oldest = 1 - i
			return t.mentions[i].list
		}
	}
	m := &t.mentions[t.oldest]
	t.oldest = 1 - t.oldest
	t.classify(m, a, t.Class)
	return m.list
}

// few is how many classes are looked for one by one.
const few = 8

// met is the class of the name where it is one of the first few, and else -1.
func (t *Tally) met(name string) Class {
	for c, known := range t.names[:min(few, len(t.names))] {
		if known == name {
			return Class(c)
		}
	}
	return -1
}

// forget lets go of the annotations that were counted.
func (t *Tally) forget() { t.mentions = [2]mentionClasses{} }

func (t *Tally) classify(m *mentionClasses, a *schema.Annotation, find func(name string) Class) {
	m.of, m.list = a, m.list[:0]
	last, class := "", Overall
	for i := range a.Mentions {
		if typ := a.Mentions[i].Type; typ != last {
			if last, class = typ, t.met(typ); class < 0 {
				class = find(typ)
			}
		}
		m.list = append(m.list, class)
	}
}

// most is how many classes a tally may have that is used again.
const most = 64

// tallyOf is an empty tally for the pair that has met its types and roles. It is
// spare, which is nil or holds counts that are done with, where that has met them
// all; a new one has met those of spare too, so that it soon fits every pair.
func (l *Layout) tallyOf(p *Pair, spare *Tally) *Tally {
	if spare != nil && spare.renew(p) {
		return spare
	}
	names, t := p.classes(), l.NewTally()
	if spare != nil && spare.interned+len(names) <= most {
		names = append(names, spare.names[1:spare.interned]...)
		slices.Sort(names)
		names = slices.Compact(names)
	}
	t.Intern(names)
	return t
}

// renew empties the tally and keeps its memory and the classes that it had
// before anything was counted. It reports false where these lack a type or role
// of the pair.
func (t *Tally) renew(p *Pair) bool {
	for c, row := range t.rows {
		if row != nil {
			clear(row)
			t.freeRows, t.rows[c] = append(t.freeRows, row), nil
		}
		if parts := t.parts[c]; parts != nil {
			for i := range parts {
				parts[i] = parts[i][:0]
			}
			t.freeParts, t.parts[c] = append(t.freeParts, parts), nil
		}
	}
	for _, name := range t.names[t.interned:] {
		delete(t.ids, name)
	}
	t.names, t.rows, t.parts = t.names[:t.interned], t.rows[:t.interned], t.parts[:t.interned]
	all := true
	find := func(name string) Class {
		c, ok := t.ids[name]
		all = all && ok
		return c
	}
	for side, a := range []*schema.Annotation{p.Gold, p.Pred} {
		t.classify(&t.mentions[side], a, find)
		for i := range a.Events {
			find(a.Events[i].Type)
			for j := range a.Events[i].Arguments {
				find(a.Events[i].Arguments[j].Role)
			}
		}
	}
	return all
}
