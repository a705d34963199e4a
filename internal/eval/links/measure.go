package links

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/coref"
	"github.com/mizan-corpus/mizan/internal/eval/place"
)

// Mention is one mention of one side with what it is linked to.
type Mention struct {
	place.Place
	At   int32 // position in the list
	Rank int32 // see [eval.Scope.Rank]
	Typ  string
	Kb   string // the entry that it is linked to, "" for NIL
	// Cluster is the entity that it is clustered with; "" for none, a Cluster
	// of its own.
	Cluster string
	Alone   int32 // other than 0 for a mention without a span, which equals no other
}

// Key is what two mentions must agree on; a field that a measure does not
// look at is left zero.
type Key struct {
	place place.Place
	alone int32
	kb    string
	typ   string
}

func (k Key) compare(l Key) int {
	return cmp.Or(k.place.Compare(l.place), cmp.Compare(k.alone, l.alone), cmp.Compare(k.kb, l.kb), cmp.Compare(k.typ, l.typ))
}

// Fields are the fields of a key. A set of keys is taken within one
// article, so the article itself is always part of the key.
type Fields struct {
	Span, Typ, Kb bool
}

func (f Fields) of(m *Mention) Key {
	var k Key
	if f.Span {
		k.place, k.alone = m.Place, m.Alone
	}
	if f.Typ {
		k.typ = m.Typ
	}
	if f.Kb {
		k.kb = m.Kb
	}
	return k
}

// Filter selects mentions.
type Filter uint8

const (
	AllMentions Filter = iota
	LinkedMentions
	NilMentions
)

func (f Filter) Admits(m *Mention) bool {
	return f == AllMentions || (f == NilMentions) == (m.Kb == "")
}

// Measure is one measure of neleval: a filter, the fields of the key, and
// how keys are compared: as sets (part < 0), or clustered by entity with a
// coreference metric.
type Measure struct {
	Name   string
	Title  string
	Fields Fields
	Filter Filter
	Part   int         // a Part, or one of the marks below
	Mode   overlapMode // for PartOverlap
	Cai    bool        // with Cai and Strube's treatment of unmatched mentions
}

const (
	PartSets    = -1
	PartOverlap = -2
)

func (m *Measure) Clusters() bool { return m.Part >= 0 }

var (
	KeySpan     = Fields{Span: true}
	keyTyped    = Fields{Span: true, Typ: true}
	keyLink     = Fields{Span: true, Kb: true}
	keyTypeLink = Fields{Span: true, Typ: true, Kb: true}
)

// Measures are the measures that neleval names, and the three of Cai and
// Strube that it once had.
var Measures = []Measure{
	{Name: "strong_mention_match", Title: "mentions", Fields: KeySpan, Part: PartSets},
	{Name: "strong_typed_mention_match", Title: "typed mentions", Fields: keyTyped, Part: PartSets},
	{Name: "strong_linked_mention_match", Title: "linked mentions", Fields: KeySpan, Filter: LinkedMentions, Part: PartSets},
	{Name: "strong_link_match", Title: "links", Fields: keyLink, Filter: LinkedMentions, Part: PartSets},
	{Name: "strong_nil_match", Title: "unlinked mentions", Fields: KeySpan, Filter: NilMentions, Part: PartSets},
	{Name: "strong_all_match", Title: "links and unlinked mentions", Fields: keyLink, Part: PartSets},
	{Name: "strong_typed_link_match", Title: "typed links", Fields: keyTypeLink, Filter: LinkedMentions, Part: PartSets},
	{Name: "strong_typed_nil_match", Title: "typed unlinked mentions", Fields: keyTyped, Filter: NilMentions, Part: PartSets},
	{Name: "strong_typed_all_match", Title: "typed links and unlinked mentions", Fields: keyTypeLink, Part: PartSets},
	{Name: "entity_match", Title: "entities of an article", Fields: Fields{Kb: true}, Filter: LinkedMentions, Part: PartSets},
	{Name: "muc", Title: "MUC", Fields: KeySpan, Part: coref.PartMUC},
	{Name: "b_cubed", Title: "B³", Fields: KeySpan, Part: coref.PartB3},
	{Name: "b_cubed_plus", Title: "B³ of linked mentions", Fields: keyLink, Part: coref.PartB3},
	{Name: "entity_ceaf", Title: "entity-based CEAF", Fields: KeySpan, Part: coref.PartCEAFe},
	{Name: "mention_ceaf", Title: "mention-based CEAF", Fields: KeySpan, Part: coref.PartCEAFm},
	{Name: "mention_ceaf_plus", Title: "mention-based CEAF of linked mentions", Fields: keyLink, Part: coref.PartCEAFm},
	{Name: "typed_mention_ceaf", Title: "mention-based CEAF of typed mentions", Fields: keyTyped, Part: coref.PartCEAFm},
	{Name: "typed_mention_ceaf_plus", Title: "mention-based CEAF of typed linked mentions", Fields: keyTypeLink, Part: coref.PartCEAFm},
	{Name: "pairwise", Title: "coreferent pairs", Fields: KeySpan, Part: coref.PartLinks},
	{Name: "cs_b_cubed", Title: "B³ after Cai and Strube", Fields: KeySpan, Part: coref.PartB3, Cai: true},
	{Name: "entity_cs_ceaf", Title: "entity-based CEAF after Cai and Strube", Fields: KeySpan, Part: coref.PartCEAFe, Cai: true},
	{Name: "mention_cs_ceaf", Title: "mention-based CEAF after Cai and Strube", Fields: KeySpan, Part: coref.PartCEAFm, Cai: true},
}

// Unit is what one whole item counts as.
func (m *Measure) Unit() int64 {
	switch {
	case m.Part == PartSets:
		return 1
	case m.Part == PartOverlap, m.Cai: // may be credited in fractions of an item
		return eval.FixedPoint
	}
	return coref.Parts[m.Part].Unit
}

// Meaning says in a sentence what the measure counts.
func (m *Measure) Meaning() string {
	what := map[Filter]string{AllMentions: "mentions", LinkedMentions: "linked mentions", NilMentions: "unlinked mentions"}[m.Filter]
	var fields []string
	for _, f := range []struct {
		on   bool
		name string
	}{{m.Fields.Span, "span"}, {m.Fields.Typ, "type"}, {m.Fields.Kb, "link"}} {
		if f.on {
			fields = append(fields, f.name)
		}
	}
	same := strings.Join(fields, ", ")
	switch {
	case m.Part == PartOverlap:
		if m.Fields.Typ {
			return "Each mention counts with the share of its characters that mentions of its type on the other side overlap."
		}
		return "Each mention counts with the share of its characters that mentions of the other side overlap."
	case m.Cai:
		return "Mentions clustered by entity across the corpus; a mention that only one side has is treated as Cai and Strube 2010 propose."
	case m.Clusters():
		return fmt.Sprintf("Mentions are clustered by entity across the corpus and compared by %s: a gold and a predicted mention are the same where these agree.", same)
	}
	return fmt.Sprintf("The set of %s of an article, compared by %s; repeated ones count once.", what, same)
}

func (m *Measure) Formula() string {
	if m.Part == PartSets {
		return "precision = common/predicted, recall = common/gold"
	}
	if m.Part == PartOverlap {
		return "precision = Σ overlapped share over predicted mentions/predicted mentions, recall likewise over gold"
	}
	for _, c := range coref.Metrics {
		if c.Parts[0] == m.Part {
			return c.Formula
		}
	}
	return "precision = common coreferent pairs/predicted pairs, recall = common/gold pairs"
}
