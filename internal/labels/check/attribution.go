package check

import "strconv"

var ruleCueTrigger = rule("cue-is-trigger", SeverityError, "an event's reporting cue is its own trigger")

func init() { groups = append(groups, checkAttribution) }

func checkAttribution(k *checker) {
	for _, d := range k.documents {
		for i := range d.Events {
			e, at := &d.Events[i], d.EventAt(i)
			what := d.EventRef(i).String()
			if e.SourceMentionID != "" && d.MentionByID(e.SourceMentionID) == nil {
				k.add(ruleNoMention, at, d.DocID, "source of "+what, strconv.Quote(e.SourceMentionID), "a mention of the article")
			}
			if e.Cue.IsSet() && e.Cue == e.Span {
				k.add(ruleCueTrigger, at, d.DocID, what, "the trigger as cue", "the reporting word that governs it")
			}
		}
	}
}
