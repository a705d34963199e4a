package metrics

import (
	"cmp"
	"slices"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/place"
	"github.com/mizan-corpus/mizan/schema"
)

func init() {
	const formula = "precision = correct/predicted mentions whose actor has a code, recall = correct/gold mentions whose actor has a code"
	const citation = "Actor coding as in CAMEO (Gerner, Schrodt and Yilmaz 2002) and PLOVER (Halterman et al. 2023, PLOVER and POLECAT): a country and a primary sector for each actor. Counted here by mention, matched on identical spans."
	eval.Register(eval.Family{
		Name:   "actors.coding",
		Counts: eval.MentionItems, Claims: eval.ClaimActors, Needs: &eval.Needs{Details: true}, Asks: []eval.OntologyPart{eval.PartCountries},
		Metrics: []eval.Metric{
			{
				Name: "actors.coding.country", Title: "actor coding, country",
				Meaning: "A predicted mention whose actor has a country is correct when a gold mention has the same span and its actor the same country. Actors are looked up in the tables of actors; mentions whose actor is unknown or has no country are left out on their side. Classes are the countries.",
				Formula: formula, Citation: citation,
			},
			{
				Name: "actors.coding.country_sector", Title: "actor coding, country and sector",
				Meaning: "As actors.coding.country, with the code made of country and primary sector: both must be the same, and where one of the two is empty, it must be empty on both sides. Mentions whose actor has neither are left out. Classes are the codes, country first.",
				Formula: formula, Citation: citation,
			},
		},
		New: func(s *eval.Settings) eval.Counting {
			c := &codingCounting{goldActors: s.Actors, predActors: s.PredictedActors}
			if c.predActors == nil {
				c.predActors = s.Actors
			}
			return c
		},
	})
}

type codingCounting struct {
	goldActors, predActors map[string]*schema.Actor
	gold, pred             []codedMention
}

// codedMention is a mention whose actor has a code.
type codedMention struct {
	place.Place
	code string
	at   int32 // position of the mention
	rank int32 // among equals
}

func (c *codingCounting) Count(p *eval.Pair, out *eval.Tally) {
	for _, m := range []struct {
		name string
		code func(*schema.Actor) string
	}{
		{"actors.coding.country", countryCode},
		{"actors.coding.country_sector", sectorCode},
	} {
		if metric := out.Layout().Find(m.name); metric >= 0 {
			c.gold = codedMentions(c.gold[:0], p.Gold, c.goldActors, m.code, func(i int) int32 { return out.Scope().Rank(false, eval.MentionItems, i) })
			c.pred = codedMentions(c.pred[:0], p.Pred, c.predActors, m.code, func(i int) int32 { return out.Scope().Rank(true, eval.MentionItems, i) })
			countCodes(c.gold, c.pred, metric, out)
		}
	}
}

func countryCode(a *schema.Actor) string { return a.Country }

// sectorCode joins country and sector, e.g. "RUS GOV", "UNO", "- MED".
func sectorCode(a *schema.Actor) string {
	switch {
	case a.Sector == "":
		return a.Country
	case a.Country == "":
		return "- " + a.Sector
	}
	return a.Country + " " + a.Sector
}

// codedMentions lists the mentions that have a code, by span and code.
func codedMentions(to []codedMention, a *schema.Annotation, actors map[string]*schema.Actor, code func(*schema.Actor) string, rank func(i int) int32) []codedMention {
	for i := range a.Mentions {
		if actor := actors[a.Mentions[i].ActorID]; actor != nil {
			if text := code(actor); text != "" {
				to = append(to, codedMention{place.OfMention(&a.Mentions[i]), text, int32(i), rank(i)})
			}
		}
	}
	slices.SortFunc(to, func(m, n codedMention) int { return cmp.Or(m.compare(n), cmp.Compare(m.rank, n.rank)) })
	return to
}

func (m codedMention) compare(n codedMention) int {
	return cmp.Or(m.Place.Compare(n.Place), cmp.Compare(m.code, n.code))
}

// countCodes counts the intersection of the two multisets, which is their
// greatest one-to-one matching.
func countCodes(gold, pred []codedMention, metric int, out *eval.Tally) {
	i, j := 0, 0
	for i < len(gold) || j < len(pred) {
		order := -1
		switch {
		case i == len(gold):
			order = 1
		case j < len(pred):
			order = gold[i].compare(pred[j])
		}
		hit, of := int64(0), int32(-1)
		if order == 0 && gold[i].IsSet() {
			hit, of = 1, gold[i].at
		}
		if order <= 0 {
			out.AddGold(metric, eval.Item{Class: out.Class(gold[i].code), At: gold[i].at}, hit, 1)
			i++
		}
		if order >= 0 {
			out.AddPredicted(metric, eval.Item{Class: out.Class(pred[j].code), At: pred[j].at, Of: of}, hit, 1)
			j++
		}
	}
}
