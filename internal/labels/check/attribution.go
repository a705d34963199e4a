package check

import "strconv"

var (
	ruleCueAlone    = rule("cue-without-source", SeverityNote, "an event has a reporting cue but no source")
	ruleSourceAlone = rule("source-without-cue", SeverityNote, "an event has a source but no reporting cue")
	ruleQuotedAlone = rule("quoted-without-cue", SeverityNote, "an event says whether it is quoted but has no reporting cue")
	ruleNotQuoted   = rule("quoted-missing", SeverityNote, "an attributed event does not say whether it is quoted")
	ruleCueTrigger  = rule("cue-is-trigger", SeverityError, "an event's reporting cue is its own trigger")
)

func init() { groups = append(groups, checkAttribution) }

func checkAttribution(k *checker) {
	for _, d := range k.documents {
		for i := range d.Events {
			e, at := &d.Events[i], d.EventAt(i)
			what := d.EventRef(i).String()
			cue, source := e.Cue.IsSet(), e.SourceMentionID != ""
			if source {
				m := d.MentionByID(e.SourceMentionID)
				if m == nil {
					k.add(ruleNoMention, at, d.DocID, "source of "+what, strconv.Quote(e.SourceMentionID), "a mention of the article")
				} else {
					k.canAct(d, m, at, "source of "+what)
				}
			}
			switch {
			case cue && !source:
				k.add(ruleCueAlone, at, d.DocID, what, "a cue without a source", "both, where the text names a source")
			case source && !cue:
				k.add(ruleSourceAlone, at, d.DocID, what, "a source without a cue", "both, where the text has a reporting word")
			}
			switch {
			case e.Quoted != nil && !cue:
				k.add(ruleQuotedAlone, at, d.DocID, what, "quoted without a cue", "a cue, or no quoted")
			case e.Quoted == nil && cue:
				k.add(ruleNotQuoted, at, d.DocID, what, "a cue without quoted", "true or false")
			}
			if cue && e.Cue == e.Span {
				k.add(ruleCueTrigger, at, d.DocID, what, "the trigger as cue", "the reporting word that governs it")
			}
		}
	}
}
