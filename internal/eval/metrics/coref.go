package metrics

import (
	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/coref"
)

const (
	twins        = " Twins, several of one side in one place, are all kept and matched one to one with those of the other side: as many as possible of the same type, and so that clusters that are aligned one to one share as many as possible, as in CEAF; neither names nor order decide."
	actorMention = "Clustered are mentions by actor_id; gold and predicted mentions in the same place (span and fragments) are the same mention, whatever their types; a mention without actor_id is a cluster of its own." + twins
	eventMention = "Clustered are events by hopper_id; gold and predicted events whose triggers are in the same place (span and fragments) are the same, whatever their types, so that coreference is judged apart from typing; an event without hopper_id is a cluster of its own." + twins
)

var corefSubjects = []*coref.Subject{
	{Prefix: "actors.coref", Counts: eval.MentionItems, Title: "actor coreference", Mention: actorMention, Load: coref.ActorClusters},
	{Prefix: "actors.coref_corpus", Counts: eval.MentionItems, Title: "actor coreference across articles", Mention: actorMention, Load: coref.ActorClusters, Corpus: true},
	{Prefix: "events.coref", Counts: eval.EventItems, Title: "event coreference", Mention: eventMention, Load: coref.EventClusters},
	{Prefix: "events.coref_corpus", Counts: eval.EventItems, Title: "event coreference across articles", Mention: eventMention, Load: coref.EventClusters, Corpus: true},
}

func init() {
	for _, s := range corefSubjects {
		f := s.Family()
		if s.Corpus {
			f.NewCorpus = func(*eval.Settings) eval.CorpusCounting { return &coref.CorpusCounting{Subject: s} }
		} else {
			f.New = func(*eval.Settings) eval.Counting {
				return &coref.ArticleCounting{Prefix: s.Prefix, Counts: s.Counts, Load: s.Load}
			}
		}
		eval.Register(f)
	}
}
