package eval

import "github.com/mizan-corpus/mizan/schema"

// Needs says what is looked at of an article, so that a reader of files can
// leave out the rest. Surface texts of spans are never looked at.
type Needs struct {
	Articles bool // [Pair.Article]
	Events   bool // events and their arguments; else mentions alone
	Details  bool // of a mention more than its span and type
}

// everything is what a metric needs that declares nothing.
var everything = Needs{Articles: true, Events: true, Details: true}

// And is what either looks at.
func (n Needs) And(m Needs) Needs {
	return Needs{n.Articles || m.Articles, n.Events || m.Events, n.Details || m.Details}
}

// Claims are kinds of labels that predictions may hold.
type Claims uint8

// The kinds.
const (
	ClaimMentions  Claims = 1 << iota
	ClaimActors           // a mention with the id of an actor
	ClaimEvents           // an event
	ClaimRealis           // an event with its realis
	ClaimArguments        // an argument of an event
	ClaimHoppers          // an event with the id of its hopper
)

const claimAll = ClaimHoppers<<1 - 1

// String says in words what is missing where there are no such labels.
func (c Claims) String() string {
	switch c {
	case ClaimMentions:
		return "mentions"
	case ClaimActors:
		return "ids of actors"
	case ClaimEvents:
		return "events"
	case ClaimRealis:
		return "realis"
	case ClaimArguments:
		return "arguments"
	case ClaimHoppers:
		return "ids of hoppers"
	}
	return "labels"
}

// claimsOf is what an annotation holds any of.
func claimsOf(a *schema.Annotation) (c Claims) {
	if len(a.Mentions) > 0 {
		c |= ClaimMentions
	}
	for i := range a.Mentions {
		if a.Mentions[i].ActorID != "" {
			c |= ClaimActors
			break
		}
	}
	for i := range a.Events {
		e := &a.Events[i]
		c |= ClaimEvents
		if e.Realis != "" {
			c |= ClaimRealis
		}
		if len(e.Arguments) > 0 {
			c |= ClaimArguments
		}
		if e.HopperID != "" {
			c |= ClaimHoppers
		}
	}
	return c
}
