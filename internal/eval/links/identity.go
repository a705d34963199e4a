package links

import (
	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/place"
	"github.com/mizan-corpus/mizan/schema"
)

// actorIdentity says which entry of the gold table of actors an id stands for,
// so that ids of two tables can be compared.
type actorIdentity struct {
	gold, pred map[string]*schema.Actor
	entity     map[string]string // Wikidata id → least id of a gold actor that has it
	entry      map[string]string // id of a gold actor → the entry that it stands for
}

func NewActorIdentity(s *eval.Settings) *actorIdentity {
	x := &actorIdentity{gold: s.Actors, pred: s.PredictedActors, entity: map[string]string{}, entry: make(map[string]string, len(s.Actors))}
	for id, a := range s.Actors {
		if a == nil || a.Wikidata == "" {
			continue
		}
		if least, ok := x.entity[a.Wikidata]; !ok || id < least {
			x.entity[a.Wikidata] = id
		}
	}
	for id, a := range s.Actors {
		switch {
		case id == "" || a == nil || schema.IsNIL(id):
		case a.Wikidata != "":
			x.entry[id] = x.entity[a.Wikidata]
		default:
			x.entry[id] = id
		}
	}
	return x
}

// OfGold is the entry that a gold id stands for, "" (NIL) when the table does
// not have it. Two actors with one Wikidata id are one entry. Without a table
// every id is an entry.
func (x *actorIdentity) OfGold(id string) string {
	if x.gold != nil {
		return x.entry[id]
	}
	if schema.IsNIL(id) {
		return ""
	}
	return id
}

// OfPred is the entry that a predicted id stands for. An actor of the
// predictions' own table is the gold actor with its Wikidata id, or else the
// one with its id unless their Wikidata ids differ. One that gold does not
// have is an entry of its own, which no gold mention is linked to.
func (x *actorIdentity) OfPred(id string) string {
	if id == "" || x.pred == nil {
		return x.OfGold(id)
	}
	a := x.pred[id]
	if a == nil {
		return ""
	}
	if a.Wikidata != "" {
		if known, ok := x.entity[a.Wikidata]; ok {
			return known
		}
	}
	if x.gold == nil {
		return id
	}
	if g := x.gold[id]; g != nil && (a.Wikidata == "" || g.Wikidata == "") {
		return x.OfGold(id)
	}
	if a.Wikidata != "" {
		return "\x01" + a.Wikidata
	}
	return "\x02" + id
}

// Loader lists the mentions of one side of an article.
type Loader func(to []Mention, p *eval.Pair, pred bool) []Mention

// Load links mentions by the tables of actors.
func (x *actorIdentity) Load(to []Mention, p *eval.Pair, pred bool) []Mention {
	return Load(to, p, pred, func(id string) (kb, cluster string) {
		if pred {
			kb = x.OfPred(id)
		} else {
			kb = x.OfGold(id)
		}
		switch {
		case kb != "":
			cluster = kb
		case id != "":
			cluster = "\x00" + id
		}
		return kb, cluster
	})
}

func Load(to []Mention, p *eval.Pair, pred bool, link func(id string) (kb, cluster string)) []Mention {
	a, scope := p.Gold, p.Scope
	if pred {
		a = p.Pred
	}
	for i := range a.Mentions {
		m := &a.Mentions[i]
		l := Mention{Place: place.OfMention(m), At: int32(i), Rank: scope.Rank(pred, eval.MentionItems, i), Typ: m.Type}
		l.Kb, l.Cluster = link(m.ActorID)
		if m.Span.Start < 0 {
			l.Alone = int32(2*i + 1)
			if pred {
				l.Alone++
			}
		}
		to = append(to, l)
	}
	return to
}
