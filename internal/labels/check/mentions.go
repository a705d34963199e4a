package check

import (
	"slices"
	"strconv"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/ontology"
	"github.com/mizan-corpus/mizan/internal/suggest"
	"github.com/mizan-corpus/mizan/schema"
)

var (
	ruleMissingID   = rule("missing-id", SeverityError, "a mention or event has no id")
	ruleDuplicateID = rule("duplicate-id", SeverityError, "two mentions or events of an article, or two actors, have one id")
	ruleMentionType = rule("mention-type", SeverityError, "a mention's type is not in the ontology")
	ruleLevel       = rule("mention-level", SeverityError, "a mention's level is not in the ontology")
	ruleNoActor     = rule("unknown-actor", SeverityError, "a mention's actor_id is neither in the table of actors nor a NIL")
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
			k.typ(ruleMentionType, at, d.DocID, "type of "+what, m.Type, "mention types", types)
			k.code(ruleLevel, at, d.DocID, "level of "+what, m.Level, k.ontology.Levels, false)
			if m.ActorID != "" && !schema.IsNIL(m.ActorID) && k.actors[m.ActorID] == nil && !k.corpus.ActorsUnread && !k.clusters() {
				k.add(ruleNoActor, at, d.DocID, "actor_id of "+what, strconv.Quote(m.ActorID), k.likeActor(m.ActorID))
			}
		}
	}
}

// clusters reports whether ids of actors name clusters of mentions and no more:
// nobody wrote a table of actors, and the ontology does not ask for one.
func (k *checker) clusters() bool {
	return len(k.actors) == 0 && !ontology.AsksForActors(k.ontology)
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

// sortedIndex is the order in which the elements of a list would be sorted.
func sortedIndex[T any](list []T, compare func(a, b T) int) []int {
	order := make([]int, len(list))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return compare(list[i], list[j]) })
	return order
}
