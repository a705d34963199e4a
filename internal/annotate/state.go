package annotate

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/internal/annotate/journal"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/native"
	"github.com/mizan-corpus/mizan/schema"
)

// The kinds of items, and the states of an article.
const (
	kindMention = "mention"
	kindEvent   = "event"
	kindActor   = "actor"
	kindRegion  = "unlabelled"

	StateNew   = "new"   // nothing is labelled
	StateDraft = "draft" // something is
	StateDone  = "done"  // declared so
)

// state is the labels of one article, in canonical order.
type state struct {
	docID    string
	mentions []schema.Mention
	events   []schema.Event
	regions  []schema.Span // that nobody has labelled, disjoint
	done     bool
}

// stateOf is the state of labels as they stand in a file. It fails where items
// cannot be told apart by their ids.
func stateOf(d *labels.Document) (*state, error) {
	s := &state{docID: d.DocID, mentions: slices.Clone(d.Mentions), events: slices.Clone(d.Events), regions: slices.Clone(d.NotLabelled)}
	seen := map[string]bool{}
	for _, m := range d.Mentions {
		if m.ID == "" || seen["m "+m.ID] {
			return nil, fmt.Errorf("mention %q: found no id, or it twice; dataset lint names the line", m.ID)
		}
		seen["m "+m.ID] = true
	}
	for _, e := range d.Events {
		if e.ID == "" || seen["e "+e.ID] {
			return nil, fmt.Errorf("event %q: found no id, or it twice; dataset lint names the line", e.ID)
		}
		seen["e "+e.ID] = true
	}
	s.order()
	return s, nil
}

func (s *state) order() {
	slices.SortStableFunc(s.mentions, labels.CompareMentions)
	slices.SortStableFunc(s.events, labels.CompareEvents)
	slices.SortFunc(s.regions, schema.Span.Compare)
}

// empty reports whether nothing is labelled.
func (s *state) empty() bool { return len(s.mentions)+len(s.events)+len(s.regions) == 0 && !s.done }

func (s *state) clone() *state {
	c := *s
	c.mentions, c.events, c.regions = slices.Clone(s.mentions), slices.Clone(s.events), slices.Clone(s.regions)
	return &c
}

func (s *state) document() *labels.Document {
	return &labels.Document{Annotation: schema.Annotation{DocID: s.docID, Mentions: s.mentions, Events: s.events, NotLabelled: s.regions}}
}

// file is the label file in canonical form.
func (s *state) file() ([]byte, error) { return native.AppendFile(nil, s.document()) }

// hash is how journals name the content of a file; "" is none.
func hash(content []byte) string {
	if content == nil {
		return ""
	}
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// regionID is how actions name a region.
func regionID(s schema.Span) string { return fmt.Sprintf("%d-%d", s.Start, s.End) }

func parseRegionID(id string) (schema.Span, error) {
	from, to, _ := strings.Cut(id, "-")
	a, err1 := strconv.ParseInt(from, 10, 32)
	b, err2 := strconv.ParseInt(to, 10, 32)
	s := schema.Span{Start: int32(a), End: int32(b)}
	if err1 != nil || err2 != nil || !s.Valid() {
		return s, fmt.Errorf("region %q: expected START-END", id)
	}
	return s, nil
}

// items are the items of labels by kind and id, as label files have them.
type items map[key]json.RawMessage

// items are all of the article.
func (s *state) items() (items, error) {
	m := items{}
	for i := range s.mentions {
		b, err := native.AppendMention(nil, &s.mentions[i])
		if err != nil {
			return nil, err
		}
		m[key{kindMention, s.mentions[i].ID}] = b
	}
	for i := range s.events {
		b, err := native.AppendEvent(nil, &s.events[i])
		if err != nil {
			return nil, err
		}
		m[key{kindEvent, s.events[i].ID}] = b
	}
	for _, r := range s.regions {
		m[key{kindRegion, regionID(r)}] = nil
	}
	return m, nil
}

// key names an item.
type key struct{ kind, id string }

func compareKeys(a, b key) int {
	if a.kind != b.kind { // mentions before the events that name them
		return strings.Compare(b.kind, a.kind)
	}
	return labels.CompareIDs(a.id, b.id)
}

// difference is the actions that make the items of b from those of a.
func difference(a, b items) []journal.Action {
	keys := map[key]bool{}
	for k := range a {
		keys[k] = true
	}
	for k := range b {
		keys[k] = true
	}
	var list []journal.Action
	for _, k := range sortedKeys(keys) {
		before, had := a[k]
		after, has := b[k]
		switch {
		case had && !has:
			list = append(list, journal.Action{Op: "drop", Kind: k.kind, ID: k.id})
		case has && (!had || !bytes.Equal(before, after)):
			list = append(list, journal.Action{Op: "put", Kind: k.kind, ID: k.id, Value: after})
		}
	}
	return list
}

func sortedKeys[V any](m map[key]V) []key {
	list := make([]key, 0, len(m))
	for k := range m {
		list = append(list, k)
	}
	slices.SortFunc(list, compareKeys)
	return list
}
