package eval

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/mizan-corpus/mizan/schema"
)

// linkMention is one mention of one side with what it is linked to.
type linkMention struct {
	span schema.Span
	typ  string
	kb   string // the entry that it is linked to, "" for NIL
	// cluster is the entity that it is clustered with; "" for none, a cluster
	// of its own.
	cluster string
	alone   int32 // other than 0 for a mention without a span, which equals no other
}

// linkKey is what two mentions must agree on; a field that a measure does not
// look at is left zero.
type linkKey struct {
	span  schema.Span
	alone int32
	kb    string
	typ   string
}

func (k linkKey) compare(l linkKey) int {
	return cmp.Or(k.span.Compare(l.span), cmp.Compare(k.alone, l.alone), cmp.Compare(k.kb, l.kb), cmp.Compare(k.typ, l.typ))
}

// linkFields are the fields of a key. A set of keys is taken within one
// article, so the article itself is always part of the key.
type linkFields struct {
	span, typ, kb bool
}

func (f linkFields) of(m *linkMention) linkKey {
	var k linkKey
	if f.span {
		k.span, k.alone = m.span, m.alone
	}
	if f.typ {
		k.typ = m.typ
	}
	if f.kb {
		k.kb = m.kb
	}
	return k
}

// linkFilter selects mentions.
type linkFilter uint8

const (
	allMentions linkFilter = iota
	linkedMentions
	nilMentions
)

func (f linkFilter) admits(m *linkMention) bool {
	return f == allMentions || (f == nilMentions) == (m.kb == "")
}

// linkMeasure is one measure of neleval: a filter, the fields of the key, and
// how keys are compared: as sets (part < 0), or clustered by entity with a
// coreference metric.
type linkMeasure struct {
	name   string
	title  string
	fields linkFields
	filter linkFilter
	part   int         // a corefPart, or one of the marks below
	mode   overlapMode // for partOverlap
	cai    bool        // with Cai and Strube's treatment of unmatched mentions
}

const (
	partSets    = -1
	partOverlap = -2
)

func (m *linkMeasure) clusters() bool { return m.part >= 0 }

var (
	keySpan     = linkFields{span: true}
	keyTyped    = linkFields{span: true, typ: true}
	keyLink     = linkFields{span: true, kb: true}
	keyTypeLink = linkFields{span: true, typ: true, kb: true}
)

// linkMeasures are the measures that neleval names, and the three of Cai and
// Strube that it once had.
var linkMeasures = []linkMeasure{
	{name: "strong_mention_match", title: "mentions", fields: keySpan, part: partSets},
	{name: "strong_typed_mention_match", title: "typed mentions", fields: keyTyped, part: partSets},
	{name: "strong_linked_mention_match", title: "linked mentions", fields: keySpan, filter: linkedMentions, part: partSets},
	{name: "strong_link_match", title: "links", fields: keyLink, filter: linkedMentions, part: partSets},
	{name: "strong_nil_match", title: "unlinked mentions", fields: keySpan, filter: nilMentions, part: partSets},
	{name: "strong_all_match", title: "links and unlinked mentions", fields: keyLink, part: partSets},
	{name: "strong_typed_link_match", title: "typed links", fields: keyTypeLink, filter: linkedMentions, part: partSets},
	{name: "strong_typed_nil_match", title: "typed unlinked mentions", fields: keyTyped, filter: nilMentions, part: partSets},
	{name: "strong_typed_all_match", title: "typed links and unlinked mentions", fields: keyTypeLink, part: partSets},
	{name: "entity_match", title: "entities of an article", fields: linkFields{kb: true}, filter: linkedMentions, part: partSets},
	{name: "muc", title: "MUC", fields: keySpan, part: partMUC},
	{name: "b_cubed", title: "B³", fields: keySpan, part: partB3},
	{name: "b_cubed_plus", title: "B³ of linked mentions", fields: keyLink, part: partB3},
	{name: "entity_ceaf", title: "entity-based CEAF", fields: keySpan, part: partCEAFe},
	{name: "mention_ceaf", title: "mention-based CEAF", fields: keySpan, part: partCEAFm},
	{name: "mention_ceaf_plus", title: "mention-based CEAF of linked mentions", fields: keyLink, part: partCEAFm},
	{name: "typed_mention_ceaf", title: "mention-based CEAF of typed mentions", fields: keyTyped, part: partCEAFm},
	{name: "typed_mention_ceaf_plus", title: "mention-based CEAF of typed linked mentions", fields: keyTypeLink, part: partCEAFm},
	{name: "pairwise", title: "coreferent pairs", fields: keySpan, part: partLinks},
	{name: "cs_b_cubed", title: "B³ after Cai and Strube", fields: keySpan, part: partB3, cai: true},
	{name: "entity_cs_ceaf", title: "entity-based CEAF after Cai and Strube", fields: keySpan, part: partCEAFe, cai: true},
	{name: "mention_cs_ceaf", title: "mention-based CEAF after Cai and Strube", fields: keySpan, part: partCEAFm, cai: true},
}

// unit is what one whole item counts as.
func (m *linkMeasure) unit() int64 {
	switch m.part {
	case partSets:
		return 1
	case partOverlap:
		return FixedPoint
	}
	return corefPartTable[m.part].corpusUnit
}

// meaning says in a sentence what the measure counts.
func (m *linkMeasure) meaning() string {
	what := map[linkFilter]string{allMentions: "mentions", linkedMentions: "linked mentions", nilMentions: "unlinked mentions"}[m.filter]
	var fields []string
	for _, f := range []struct {
		on   bool
		name string
	}{{m.fields.span, "span"}, {m.fields.typ, "type"}, {m.fields.kb, "link"}} {
		if f.on {
			fields = append(fields, f.name)
		}
	}
	same := strings.Join(fields, ", ")
	switch {
	case m.part == partOverlap:
		if m.fields.typ {
			return "Each mention counts with the share of its characters that mentions of its type on the other side overlap."
		}
		return "Each mention counts with the share of its characters that mentions of the other side overlap."
	case m.cai:
		return "Mentions clustered by entity across the corpus; a mention that only one side has is treated as Cai and Strube 2010 propose."
	case m.clusters():
		return fmt.Sprintf("Mentions are clustered by entity across the corpus and compared by %s: a gold and a predicted mention are the same where these agree.", same)
	}
	return fmt.Sprintf("The set of %s of an article, compared by %s; repeated ones count once.", what, same)
}

func (m *linkMeasure) formula() string {
	if m.part == partSets {
		return "precision = common/predicted, recall = common/gold"
	}
	if m.part == partOverlap {
		return "precision = Σ overlapped share over predicted mentions/predicted mentions, recall likewise over gold"
	}
	for _, c := range corefMetrics {
		if c.parts[0] == m.part {
			return c.formula
		}
	}
	return "precision = common coreferent pairs/predicted pairs, recall = common/gold pairs"
}
