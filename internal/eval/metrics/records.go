package metrics

import (
	"cmp"
	"slices"
	"strconv"

	evalroles "github.com/mizan-corpus/mizan/internal/eval/roles"
	"github.com/mizan-corpus/mizan/schema"
)

// The levels at which records are coded, from coarse to fine.
var (
	recordEventLevels = []string{"quad", "type", "type_mode", "cameo_root", "cameo_leaf"}
	recordActorLevels = []string{"country", "country_sector", "actor"}
)

// recordOptions say how records are derived from labels. The zero value of all
// but the levels is the default.
type recordOptions struct {
	Event string // one of [recordEventLevels]
	Actor string // one of [recordActorLevels]
	// Expand replaces a set of actors by its members, and theirs. Members of
	// one set are paired with each other only where no other ACTOR is.
	Expand bool
	// OneADay keeps one of the records of an article that agree in day,
	// source, event and target.
	OneADay bool
	// AllRealis keeps events whatever their realis; else only actual ones.
	AllRealis bool
	// PloverFuture applies PLOVER's rule for promises: a cooperative event
	// that is future, and neither hypothetical nor negated, counts as an
	// actual AGREE, a future RETREAT as an actual CONCEDE.
	PloverFuture bool
}

// record says who did what to whom, in codes.
type record struct {
	Source string // "" when the labels name none
	Event  string
	Target string // "" when the labels name none
	// Symmetric marks an unordered pair: Source and Target are in ascending
	// order and neither acts on the other.
	Symmetric bool
	Day       string // ISO 8601, mostly a day; "" when unknown
	// Uncoded marks a record with an argument that refers to nothing: it
	// counts and equals no other.
	Uncoded bool
	// at and rank are those of its happening, for which it is judged; they need
	// not agree.
	at, rank int32
}

// codeRecords derives records from the happenings of an article, sorted, at the
// levels of opt. The table of actors may be nil.
//
// Mentions of one happening (the same hopper) with the same type are one
// event, with the union of their arguments; a mention without a hopper is an
// event by itself. An event without a realis is taken as actual. ACTOR fills
// the source, RECIPIENT the target: one record for each pair of them. Without
// a RECIPIENT, a CONSULT, AGREE or COOPERATE of two or more ACTORs is one
// symmetric record for each pair of ACTORs; any other event is one record
// without target for each ACTOR. Without an ACTOR the source is empty. CONSULT
// is symmetric with a RECIPIENT too. Records of one event that are equal in
// code count once. A set of actors stands for itself, unless a member takes
// part by itself too ("Putin called Macron; the two presidents agreed"): then
// it stands for its members.
//
// Event codes: quad is 1 to 4; type_mode adds the modes; cameo_root is the
// first two digits of cameo_leaf, which is the commonest leaf code of the
// happening, the least of equals. An event without such a code is "#" and its
// type. Actor codes: the actor's country, country and sector, or id. An actor
// without a country, or not in the table, is "#" and its id, so that it equals
// only itself; a mention without an actor is coded by its place, "@[4,9)".
//
// The day is the earliest value of the event's TIME arguments, cut to the day,
// or else the article's date.
func codeRecords(list []happening, actors map[string]*schema.Actor, ontology *schema.Ontology, opt recordOptions) []record {
	var out []record
	for i := range list {
		h := &list[i]
		c := &recordCoder{actors: actors, opt: opt, event: h.code(opt.Event, ontology), day: h.day, at: h.at, rank: h.rank}
		c.named = map[string]bool{}
		for _, list := range [][]evalroles.Filler{h.sources, h.targets} {
			for _, f := range list {
				c.named[f.Actor] = f.Actor != ""
			}
		}
		sources, targets := c.codes(h.sources), c.codes(h.targets)
		mutual := slices.Contains(ontology.Records.Mutual, h.typ)
		switch {
		case len(targets) == 0 && mutual && len(sources) > 1:
			alone := !slices.ContainsFunc(sources, func(s actorCode) bool { return s.set != sources[0].set })
			for i := range sources {
				for _, other := range sources[i+1:] {
					if alone || sources[i].set != other.set {
						c.add(sources[i], other, true)
					}
				}
			}
		default:
			for _, s := range orNone(sources) {
				for _, t := range orNone(targets) {
					c.add(s, t, slices.Contains(ontology.Records.Symmetric, h.typ))
				}
			}
		}
		out = append(out, sortRecords(c.records, true)...)
	}
	return sortRecords(out, opt.OneADay)
}

// sortRecords sorts, and where distinct keeps one of several equal records.
func sortRecords(records []record, distinct bool) []record {
	compare := func(a, b record) int {
		return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.Event, b.Event), cmp.Compare(a.Target, b.Target),
			cmp.Compare(a.Day, b.Day), cmp.Compare(asInt(a.Symmetric), asInt(b.Symmetric)), cmp.Compare(asInt(a.Uncoded), asInt(b.Uncoded)))
	}
	slices.SortFunc(records, func(a, b record) int { return cmp.Or(compare(a, b), cmp.Compare(a.rank, b.rank)) })
	if distinct {
		return slices.CompactFunc(records, func(a, b record) bool { return compare(a, b) == 0 })
	}
	return records
}

func asInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// actorCode is a source or target in code.
type actorCode struct {
	code string
	void bool
	set  int // equal for the members of one expanded set
}

func orNone(list []actorCode) []actorCode {
	if len(list) == 0 {
		return []actorCode{{}}
	}
	return list
}

type recordCoder struct {
	actors     map[string]*schema.Actor
	opt        recordOptions
	event, day string
	at, rank   int32
	named      map[string]bool // ids of the actors that the labels name
	records    []record
}

func (c *recordCoder) add(s, t actorCode, symmetric bool) {
	if symmetric && t.code < s.code {
		s, t = t, s
	}
	c.records = append(c.records, record{s.code, c.event, t.code, symmetric, c.day, s.void || t.void, c.at, c.rank})
}

// hasNamed reports whether a member of the set, or a member's, takes part by
// itself.
func (c *recordCoder) hasNamed(set *schema.Actor, seen map[string]bool) bool {
	for _, id := range set.Members {
		if seen[id] {
			continue
		}
		seen[id] = true
		if member := c.actors[id]; c.named[id] || member != nil && c.hasNamed(member, seen) {
			return true
		}
	}
	return false
}

// codes are the codes of distinct fillers, sets expanded where asked or due. Sets come
// last, so that a member that is also named by itself is not of the set.
func (c *recordCoder) codes(list []evalroles.Filler) []actorCode {
	isSet := func(f evalroles.Filler) bool {
		actor := c.actors[f.Actor]
		return actor != nil && len(actor.Members) > 0 && (c.opt.Expand || c.hasNamed(actor, map[string]bool{f.Actor: true}))
	}
	list = slices.Clone(list)
	slices.SortFunc(list, func(f, g evalroles.Filler) int {
		return cmp.Or(cmp.Compare(asInt(isSet(f)), asInt(isSet(g))), cmp.Compare(f.Identity(), g.Identity()))
	})
	var out []actorCode
	seen := map[string]bool{}
	var add func(f evalroles.Filler, set int)
	add = func(f evalroles.Filler, set int) {
		id := f.Identity()
		if seen[id] && id != "" {
			return
		}
		seen[id] = true
		if isSet(f) {
			for _, member := range c.actors[f.Actor].Members {
				add(evalroles.Filler{Actor: member}, set)
			}
			return
		}
		out = append(out, actorCode{c.actor(f), f.Void(), set})
	}
	for i, f := range list {
		add(f, i)
	}
	return out
}

func (c *recordCoder) actor(f evalroles.Filler) string {
	if f.Actor == "" {
		return "@" + f.Place.String()
	}
	if c.opt.Actor == "actor" {
		return f.Actor
	}
	actor := c.actors[f.Actor]
	switch {
	case actor == nil || actor.Country == "":
		return "#" + f.Actor
	case c.opt.Actor == "country":
		return actor.Country
	}
	return sectorCode(actor)
}

// code is the event's code at a level.
func (h *happening) code(level string, ontology *schema.Ontology) string {
	code := ""
	switch level {
	case "quad":
		if q := ontology.Quad(h.typ); q > 0 {
			code = strconv.Itoa(q)
		}
	case "type":
		return h.typ
	case "type_mode":
		for _, m := range h.modes {
			code += " " + m
		}
		return h.typ + code
	case "cameo_root":
		code = h.cameo[:min(2, len(h.cameo))]
	default:
		code = h.cameo
	}
	if code == "" {
		return "#" + h.typ
	}
	return code
}
