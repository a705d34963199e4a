package metrics

import (
	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/coref"
	"github.com/mizan-corpus/mizan/internal/eval/links"
)

const linkIdentity = " A mention is linked when its actor_id is in the table of actors (in that of the predictions, where they came with one), otherwise it is NIL, as is any whose actor_id begins with NIL. Two actors are the same by Wikidata id where both have one, otherwise by id."

const linkSingle = " A mention without actor_id is a cluster of its own." + twins

func init() {
	sets := eval.Family{Name: "actors.link", Counts: eval.MentionItems, Needs: &eval.Needs{Details: true}, New: func(s *eval.Settings) eval.Counting {
		return &links.ArticleCounting{Prefix: "actors.link", Load: links.NewActorIdentity(s).Load, ByType: true}
	}}
	clusters := eval.Family{Name: "actors.link_corpus", Counts: eval.MentionItems, Needs: &eval.Needs{Details: true}, NewCorpus: func(s *eval.Settings) eval.CorpusCounting {
		return &links.CorpusCounting{Prefix: "actors.link_corpus", Load: links.NewActorIdentity(s).Load}
	}}
	for i := range links.Measures {
		m := &links.Measures[i]
		metric := eval.Metric{
			Title:   "actor links, " + m.Title,
			Meaning: m.Meaning() + linkIdentity, Formula: m.Formula(), Citation: links.Citation, Unit: m.Unit(),
		}
		if m.Filter != links.NilMentions { // those without an id say something, too
			metric.Claims = eval.ClaimActors
		}
		switch {
		case m.Part == links.PartSets:
			metric.Name = sets.Name + "." + m.Name
			metric.Headline = m.Name == "strong_all_match"
			// two look at no link: mentions.exact and mentions.strict count the same
			metric.Optional = !m.Fields.Kb && m.Filter == links.AllMentions
			sets.Metrics = append(sets.Metrics, metric)
		case m.Cai || m.Fields == links.KeySpan && m.Name != "pairwise":
			// actors.coref_corpus has them
		default:
			metric.Name = clusters.Name + "." + m.Name
			metric.Meaning += linkSingle + " " + coref.SharedOut
			metric.Breaks = map[eval.Law]string{eval.LawSum: "clusters reach across articles, so what is scored in parts has other clusters"}
			clusters.Metrics = append(clusters.Metrics, metric)
		}
	}
	eval.Register(sets)
	eval.Register(clusters)
}
