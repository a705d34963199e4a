package check

import (
	"slices"
	"strconv"

	"github.com/mizan-corpus/mizan/internal/suggest"
	"github.com/mizan-corpus/mizan/labels"
	"github.com/mizan-corpus/mizan/schema"
)

var (
	ruleMissingID   = rule("missing-id", SeverityError, "a mention or event has no id")
	ruleDuplicateID = rule("duplicate-id", SeverityError, "two mentions or events of an article, or two actors, have one id")
	ruleMentionType = rule("mention-type", SeverityError, "a mention's type is not in the ontology")
	ruleLevel       = rule("mention-level", SeverityError, "a mention's level is not in the ontology")
	ruleUnlinked    = rule("unlinked-mention", SeverityError, "a mention has no actor_id")
	ruleNoActor     = rule("unknown-actor", SeverityError, "a mention's actor_id is not in the table of actors")
	ruleTwice       = rule("duplicate-mention", SeverityError, "two mentions have the same span and type")
	ruleMetonym     = rule("metonym-type", SeverityNote, "a metonym is neither an organisation nor a geo-political entity")
)

func init() { groups = append(groups, checkMentions) }

func checkMentions(k *checker) {
	var types []schema.Code
	for _, t := range k.ontology.MentionTypes {
		types = append(types, t.Code)
	}
	for _, d := range k.documents {
		ids := map[string]labels.Position{}
		for i := range d.Mentions {
			m, at := &d.Mentions[i], d.MentionAt(i)
			k.id(ids, "mention", m.ID, i, d.DocID, at)
			what := d.MentionRef(i).String()
			k.code(ruleMentionType, at, d.DocID, "type of "+what, m.Type, types, true)
			k.code(ruleLevel, at, d.DocID, "level of "+what, m.Level, k.ontology.Levels, true)
			switch {
			case m.ActorID == "":
				k.add(ruleUnlinked, at, d.DocID, what, "no actor_id", "the actor that it refers to")
			case k.actors[m.ActorID] == nil && !k.corpus.ActorsUnread:
				k.add(ruleNoActor, at, d.DocID, "actor_id of "+what, strconv.Quote(m.ActorID), k.likeActor(m.ActorID))
			}
			if m.Metonym && m.Type != "GPE" && m.Type != "ORG" {
				k.add(ruleMetonym, at, d.DocID, what, "a metonym of type "+m.Type, "GPE or ORG")
			}
		}
		k.sameMentions(d)
	}
}

// id checks that the id of element i is there and new among those of its kind.
func (k *checker) id(seen map[string]labels.Position, kind, id string, i int, docID string, at labels.Position) {
	if id == "" {
		k.add(ruleMissingID, at, docID, labels.ItemRef{Kind: kind, ID: id, Index: i}.String(), "no id", kind+"_id")
		return
	}
	if first, ok := seen[id]; ok {
		k.add(ruleDuplicateID, at, docID, kind+" "+strconv.Quote(id), "the id again", "it only at "+first.String())
		return
	}
	seen[id] = at
}

// likeActor is what to expect instead of an unknown actor id.
func (k *checker) likeActor(id string) string {
	var known []string
	for _, a := range k.actorRows {
		known = append(known, a.ID)
	}
	slices.Sort(known)
	if len(known) == 0 {
		return "an id in the table of actors, which is missing or empty"
	}
	if near := suggest.Near(id, known, 1); len(near) > 0 {
		return "an id in the table of actors, perhaps " + strconv.Quote(near[0])
	}
	return "an id in the table of actors"
}

func (k *checker) sameMentions(d *labels.Document) {
	type place struct {
		span schema.Span
		typ  string
	}
	seen := map[place]string{}
	for i := range d.Mentions {
		m := &d.Mentions[i]
		if !m.Span.IsSet() {
			continue
		}
		key := place{m.Span, m.Type}
		if first, ok := seen[key]; ok {
			k.add(ruleTwice, d.MentionAt(i), d.DocID, d.MentionRef(i).String(), "the span and type of "+first, "one mention")
			continue
		}
		seen[key] = d.MentionRef(i).String()
	}
}

// sortedIndex is the order in which the elements of a list would be sorted.
func sortedIndex[T any](list []T, compare func(a, b T) int) []int {
	order := make([]int, len(list))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return compare(list[i], list[j]) })
	return order
}
