package metrics

import (
	"github.com/mizan-corpus/mizan/eval"
	"github.com/mizan-corpus/mizan/internal/eval/coref"
)

const (
	actorMention = "Clustered are mentions by actor_id; gold and predicted mentions with the same span are the same mention; a mention without actor_id is a cluster of its own. Where one side has several mentions with one span, the one with the least actor_id is kept."
	eventMention = "Clustered are events by hopper_id; gold and predicted events with the same trigger span are the same, whatever their types, so that coreference is judged apart from typing; an event without hopper_id is a cluster of its own. Where one side has several events with one trigger, the one with the least hopper_id is kept."
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
				return &coref.ArticleCounting{Prefix: s.Prefix, Load: s.Load, Keep: coref.LeastID}
			}
		}
		eval.Register(f)
	}
}
