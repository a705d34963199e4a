package check

import (
	"regexp"
	"slices"
	"strconv"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/native"
	"github.com/mizan-corpus/mizan/schema"
)

var (
	ruleActorType    = rule("actor-type", SeverityError, "an actor's type is not in the ontology")
	ruleActorName    = rule("actor-name", SeverityError, "an actor has no name")
	ruleCountry      = rule("actor-country", SeverityError, "an actor's country is neither ISO 3166 alpha-3 nor a non-state code")
	ruleSector       = rule("actor-sector", SeverityError, "a sector is not in the ontology")
	ruleSectorOrder  = rule("other-sectors", SeverityError, "further sectors stand without, or repeat, the primary one")
	ruleWikidata     = rule("wikidata", SeverityError, "a Wikidata id is not Q and a number, or stands on two actors")
	ruleSameName     = rule("same-name", SeverityQuestion, "two actors have the same English or Arabic name")
	ruleNoMember     = rule("unknown-member", SeverityError, "a member of a set is no actor, or the set itself")
	ruleActorUnnamed = rule("unused-actor", SeverityNote, "an actor is neither mentioned nor a member of a set")
)

func init() { groups = append(groups, checkActors) }

var wikidataID = regexp.MustCompile(`^Q[1-9][0-9]*$`)

func checkActors(k *checker) {
	used := map[string]bool{}
	for _, d := range k.documents {
		for i := range d.Mentions {
			used[d.Mentions[i].ActorID] = true
		}
	}
	for _, a := range k.actorRows {
		for _, m := range a.Members {
			used[m] = true
		}
	}
	var types []schema.Code
	for _, t := range k.ontology.MentionTypes {
		types = append(types, t.Code)
	}
	ids, wikidata := map[string]labels.Position{}, map[string]string{}
	english, arabic := map[string]string{}, map[string]string{}
	for i, a := range k.actorRows {
		what := labels.ItemRef{Kind: "actor", ID: a.ID, Index: i}.String()
		k.id(ids, "actor", a.ID, i, "", a.At)
		k.code(ruleActorType, a.At, "", "type of "+what, a.Type, types, len(types) > 0)
		if a.NameEN == "" && a.NameAR == "" {
			k.add(ruleActorName, a.At, "", what, "no name", "name_en or name_ar")
		}
		k.sameName(english, a, a.NameEN)
		k.sameName(arabic, a, a.NameAR)
		k.place(a, what)
		k.set(a, what)
		if a.Wikidata != "" {
			if !wikidataID.MatchString(a.Wikidata) {
				k.add(ruleWikidata, a.At, "", "wikidata of "+what, strconv.Quote(a.Wikidata), "Q and a number, e.g. Q159")
			} else if first, ok := wikidata[a.Wikidata]; ok {
				k.add(ruleWikidata, a.At, "", "wikidata of "+what, a.Wikidata+" again", "it only on "+nameActor(first))
			} else {
				wikidata[a.Wikidata] = a.ID
			}
		}
		if !used[a.ID] {
			k.add(ruleActorUnnamed, a.At, "", what, "no mention", "a mention in some article, or a set with it as member")
		}
	}
}

func (k *checker) sameName(seen map[string]string, a *native.ActorRow, name string) {
	if name == "" {
		return
	}
	if first, ok := seen[name]; ok {
		k.add(ruleSameName, a.At, "", nameActor(a.ID), "the name "+strconv.Quote(name)+" of "+nameActor(first), "")
		return
	}
	seen[name] = a.ID
}

// place checks country and sectors.
func (k *checker) place(a *native.ActorRow, what string) {
	if a.Country != "" && !k.ontology.ValidCountry(a.Country) {
		k.add(ruleCountry, a.At, "", "country of "+what, strconv.Quote(a.Country), "ISO 3166 alpha-3 or "+oneOf(k.ontology.NonState))
	}
	k.code(ruleSector, a.At, "", "sector of "+what, a.Sector, k.ontology.Sectors, false)
	for _, s := range a.OtherSectors {
		k.code(ruleSector, a.At, "", "other_sectors of "+what, s, k.ontology.Sectors, true)
	}
	k.repeated("", a.At, "other_sectors of "+what, a.OtherSectors)
	switch {
	case a.Sector == "" && len(a.OtherSectors) > 0:
		k.add(ruleSectorOrder, a.At, "", "other_sectors of "+what, "no primary sector", "sector first")
	case slices.Contains(a.OtherSectors, a.Sector):
		k.add(ruleSectorOrder, a.At, "", "other_sectors of "+what, "the primary sector "+a.Sector, "only further ones")
	}
}

// set checks an actor that stands for several.
func (k *checker) set(a *native.ActorRow, what string) {
	if len(a.Members) == 0 {
		return
	}
	for _, m := range a.Members {
		switch {
		case m == a.ID:
			k.add(ruleNoMember, a.At, "", "members of "+what, "the set itself", "other actors")
		case k.actors[m] == nil && !k.corpus.ActorsUnread:
			k.add(ruleNoMember, a.At, "", "members of "+what, strconv.Quote(m), k.likeActor(m))
		}
	}
	k.repeated("", a.At, "members of "+what, a.Members)
}
