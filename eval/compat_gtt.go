package eval

import (
	"maps"
	"slices"
	"strings"
	"unicode"
)

// GTTTemplate is a MUC-4 style template: an incident type and, for each role,
// a list of entities, each a list of mention texts.
type GTTTemplate struct {
	IncidentType string
	Roles        map[string][][]string
}

// GTTDocument is a document with its gold and predicted templates.
type GTTDocument struct {
	Gold, Pred []GTTTemplate
}

// The rows of a GTT result besides the roles.
const (
	GTTIncidentType = "incident_type"
	GTTMicro        = "micro_avg"
)

// gttMostMappings bounds the alignments that are tried for one document.
const gttMostMappings = 1 << 18

// ScoreGTT scores template filling as the scorer of GTT does (Du, Rush and
// Cardie 2021, "Template Filling with Generative Transformers"): for each
// document, of all one-to-one alignments of predicted with gold templates it
// takes the one with the greatest micro F1, the first of equals; templates
// align only when the predicted type is part of the gold type's text
// ("attack" in "attack / bombing"). In aligned templates an entity is right
// when each of its mentions, normalised, is in one gold entity of the role;
// entities are not matched one to one. The result has a row of the four
// standard counters (correct_p, predicted, correct_r, gold) for each role, for
// [GTTIncidentType] and for [GTTMicro], which sums the others; see [PRF].
//
// Like there, a repeated gold template counts once and a predicted template
// without a type is an "attack". Where a document has more than 2¹⁸ alignments
// they are searched greedily: each predicted template in turn takes the gold
// one that gives the greatest F1.
func ScoreGTT(docs []GTTDocument) map[string][]int64 {
	out := map[string][]int64{GTTIncidentType: make([]int64, 4), GTTMicro: make([]int64, 4)}
	row := func(role string) []int64 {
		if out[role] == nil {
			out[role] = make([]int64, 4)
		}
		return out[role]
	}
	for _, d := range docs {
		s := newGTTSearch(d)
		s.search()
		for i, gold := range s.best {
			for role, n := range s.pred[i].sizes {
				row(role)[1] += n
			}
			if gold < 0 {
				continue
			}
			for role, hits := range s.pairs[i][gold].hits {
				row(role)[0] += hits[0]
				row(role)[2] += hits[1]
			}
		}
		for _, g := range s.gold {
			for role, n := range g.sizes {
				row(role)[3] += n
			}
		}
	}
	for _, role := range slices.Sorted(maps.Keys(out)) {
		if role != GTTMicro {
			for k, v := range out[role] {
				out[GTTMicro][k] += v
			}
		}
	}
	return out
}

// gttTemplate is a template with normalised mentions.
type gttTemplate struct {
	typ   string
	roles map[string][][]string
	sizes map[string]int64 // entities by role, and 1 for the incident type
}

// gttPair says what an alignment of two templates makes right.
type gttPair struct {
	allowed bool
	hits    map[string][2]int64 // by role: predicted entities, gold entities
	total   [2]int64
}

type gttSearch struct {
	gold, pred         []gttTemplate
	pairs              [][]gttPair // by predicted, then gold template
	predSize, goldSize int64

	used    []bool
	current []int
	best    []int // gold template of each predicted one, -1 for none
	bestF1  float64
}

func newGTTSearch(d GTTDocument) *gttSearch {
	s := &gttSearch{bestF1: -1}
	for i, t := range d.Gold {
		if !slices.ContainsFunc(d.Gold[:i], t.equal) {
			s.gold = append(s.gold, t.normal())
		}
	}
	for _, t := range d.Pred {
		if t.IncidentType == "" {
			t.IncidentType = "attack"
		}
		s.pred = append(s.pred, t.normal())
	}
	for _, p := range s.pred {
		var row []gttPair
		for _, g := range s.gold {
			row = append(row, p.against(g))
		}
		s.pairs = append(s.pairs, row)
		for _, n := range p.sizes {
			s.predSize += n
		}
	}
	for _, g := range s.gold {
		for _, n := range g.sizes {
			s.goldSize += n
		}
	}
	s.used = make([]bool, len(s.gold))
	s.current = make([]int, 0, len(s.pred))
	return s
}

// search finds the best alignment. Alignments are tried in the order of the
// original: gold templates ascending, none last, the last template fastest.
func (s *gttSearch) search() {
	mappings := 1.0
	for range s.pred {
		mappings *= float64(len(s.gold) + 1)
	}
	if mappings <= gttMostMappings {
		s.try(0, 0)
		return
	}
	s.best = make([]int, len(s.pred))
	var p, r int64
	for i := range s.pred {
		s.best[i] = -1
		best := s.f1(p, r)
		for g := range s.gold {
			total := s.pairs[i][g].total
			if f := s.f1(p+total[0], r+total[1]); !s.used[g] && f > best {
				s.best[i], best = g, f
			}
		}
		if g := s.best[i]; g >= 0 {
			s.used[g] = true
			p, r = p+s.pairs[i][g].total[0], r+s.pairs[i][g].total[1]
		}
	}
}

func (s *gttSearch) try(p, r int64) {
	i := len(s.current)
	if i == len(s.pred) {
		if f := s.f1(p, r); f > s.bestF1 {
			s.best, s.bestF1 = slices.Clone(s.current), f
		}
		return
	}
	for g := range s.gold {
		if !s.used[g] {
			s.used[g] = true
			s.current = append(s.current, g)
			s.try(p+s.pairs[i][g].total[0], r+s.pairs[i][g].total[1])
			s.current, s.used[g] = s.current[:i], false
		}
	}
	s.current = append(s.current, -1)
	s.try(p, r)
	s.current = s.current[:i]
}

func (s *gttSearch) f1(predHits, goldHits int64) float64 {
	var p, r float64
	if s.predSize > 0 {
		p = float64(predHits) / float64(s.predSize)
	}
	if s.goldSize > 0 {
		r = float64(goldHits) / float64(s.goldSize)
	}
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

func (p gttTemplate) against(g gttTemplate) gttPair {
	pair := gttPair{allowed: strings.Contains(g.typ, p.typ), hits: map[string][2]int64{}}
	if !pair.allowed {
		return pair
	}
	pair.hits[GTTIncidentType] = [2]int64{1, 1}
	for role, entities := range p.roles {
		var hits [2]int64
		for _, e := range entities {
			if slices.ContainsFunc(g.roles[role], func(gold []string) bool { return isPart(e, gold) }) {
				hits[0]++
			}
		}
		for _, gold := range g.roles[role] {
			if slices.ContainsFunc(entities, func(e []string) bool { return isPart(e, gold) }) {
				hits[1]++
			}
		}
		pair.hits[role] = hits
	}
	for _, hits := range pair.hits {
		pair.total[0] += hits[0]
		pair.total[1] += hits[1]
	}
	return pair
}

// isPart reports whether every mention of the predicted entity is in the gold one.
func isPart(pred, gold []string) bool {
	return !slices.ContainsFunc(pred, func(m string) bool { return !slices.Contains(gold, m) })
}

func (t GTTTemplate) equal(u GTTTemplate) bool {
	return t.IncidentType == u.IncidentType && maps.EqualFunc(t.Roles, u.Roles, func(a, b [][]string) bool {
		return slices.EqualFunc(a, b, slices.Equal[[]string])
	})
}

func (t GTTTemplate) normal() gttTemplate {
	n := gttTemplate{typ: t.IncidentType, roles: map[string][][]string{}, sizes: map[string]int64{GTTIncidentType: 1}}
	for role, entities := range t.Roles {
		for _, mentions := range entities {
			var e []string
			for _, m := range mentions {
				e = append(e, gttNormal(m))
			}
			n.roles[role] = append(n.roles[role], e)
		}
		n.sizes[role] += int64(len(entities))
	}
	return n
}

// gttNormal is the text in lower case without ASCII punctuation, English
// articles and surplus white space.
func gttNormal(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < unicode.MaxASCII && (unicode.IsPunct(r) || unicode.IsSymbol(r)) {
			return -1
		}
		return r
	}, strings.ToLower(s))
	var b, word strings.Builder
	flush := func() {
		switch w := word.String(); w {
		case "a", "an", "the":
			b.WriteByte(' ')
		default:
			b.WriteString(w)
		}
		word.Reset()
	}
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			word.WriteRune(r)
			continue
		}
		flush()
		b.WriteRune(r)
	}
	flush()
	return strings.Join(strings.Fields(b.String()), " ")
}
