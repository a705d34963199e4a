package eval

import "strings"

const linkCitation = "Hachey, Nothman and Radford 2014, Cheap and easy entity evaluation; measures as neleval names them (TAC KBP entity discovery and linking; Ji, Nothman and Hachey 2014)"

const linkIdentity = " A mention is linked when its actor_id is in the table of actors (in that of the predictions, where they came with one), otherwise it is NIL. Two actors are the same by Wikidata id where both have one, otherwise by id."

const linkSingle = " A mention without actor_id is a cluster of its own; of repeated mentions the one with the least actor is kept."

func init() {
	sets := Family{Name: "actors.link", Counts: MentionItems, Needs: &Needs{Details: true}, New: func(s *Settings) Counting {
		return &linkCounting{prefix: "actors.link", load: newActorIdentity(s).load, byType: true}
	}}
	clusters := Family{Name: "actors.link_corpus", Counts: MentionItems, Needs: &Needs{Details: true}, NewCorpus: func(s *Settings) CorpusCounting {
		return &corpusLinkCounting{prefix: "actors.link_corpus", load: newActorIdentity(s).load, keep: leastID}
	}}
	for i := range linkMeasures {
		m := &linkMeasures[i]
		metric := Metric{
			Title:   "actor links, " + m.title,
			Meaning: m.meaning() + linkIdentity, Formula: m.formula(), Citation: linkCitation, Unit: m.unit(),
		}
		switch {
		case m.part == partSets:
			metric.Name = sets.Name + "." + m.name
			metric.Headline = m.name == "strong_all_match"
			// two look at no link: mentions.exact and mentions.strict count the same
			metric.Optional = !m.fields.kb && m.filter == allMentions
			sets.Metrics = append(sets.Metrics, metric)
		case m.cai || m.fields == keySpan && m.name != "pairwise":
			// actors.coref_corpus has them
		default:
			metric.Name = clusters.Name + "." + m.name
			metric.Meaning += linkSingle + " " + sharedOut
			metric.Breaks = map[Law]string{LawSum: "clusters reach across articles, so what is scored in parts has other clusters"}
			clusters.Metrics = append(clusters.Metrics, metric)
		}
	}
	Register(sets)
	Register(clusters)
}

// linkCounting counts the measures that look at one article at a time.
type linkCounting struct {
	prefix     string
	load       linkLoader
	byType     bool // also counts by mention type
	layout     *Layout
	chosen     []chosenLink
	gold, pred []linkMention
	sets       setCounter
	overlaps   overlapCounter
}

// chosenLink is a measure and its metric's position in the layout.
type chosenLink struct {
	metric  int
	measure *linkMeasure
}

// chosenLinks are the measures under the prefix that the layout asks for.
func chosenLinks(l *Layout, prefix string) []chosenLink {
	var out []chosenLink
	for i, metric := range l.Metrics() {
		if name, ours := strings.CutPrefix(metric.Name, prefix+"."); ours {
			if m := linkMeasureByName(name); m != nil {
				out = append(out, chosenLink{i, m})
			}
		}
	}
	return out
}

func (c *linkCounting) Count(p *Pair, out *Tally) {
	c.gold, c.pred = c.load(c.gold[:0], p.Gold, false), c.load(c.pred[:0], p.Pred, true)
	if c.layout != out.Layout() {
		c.layout, c.chosen = out.Layout(), chosenLinks(out.Layout(), c.prefix)
	}
	for _, k := range c.chosen {
		switch k.measure.part {
		case partSets:
			c.countSet(k.measure, k.metric, out)
		case partOverlap:
			v := c.overlaps.count(k.measure, c.gold, c.pred)
			out.Add(k.metric, Overall, v[0], v[1], v[2], v[3])
		}
	}
}

func (c *linkCounting) countSet(m *linkMeasure, metric int, out *Tally) {
	c.sets.count(m, c.gold, c.pred, func(isGold bool, typ string, hit int64) {
		class := Overall
		if c.byType && m.fields.span {
			class = out.Class(typ)
		}
		if isGold {
			out.AddGold(metric, class, hit, 1)
		} else {
			out.AddPredicted(metric, class, hit, 1)
		}
	})
}

// linkMeasureByName finds a measure by neleval's name or a metric's.
func linkMeasureByName(name string) *linkMeasure {
	for i := range linkMeasures {
		if linkMeasures[i].name == name {
			return &linkMeasures[i]
		}
	}
	for i := range overlapMeasures {
		if overlapMeasures[i].name == name {
			return &overlapMeasures[i]
		}
	}
	return nil
}

// corpusLinkCounting counts the measures of clusters.
type corpusLinkCounting struct {
	prefix     string
	load       linkLoader
	keep       keepRule
	gold, pred []linkMention
	recorders  []*linkRecorder
}

// recorder is the one for the fields, made when first asked for.
func (c *corpusLinkCounting) recorder(f linkFields) *linkRecorder {
	for _, r := range c.recorders {
		if r.fields == f {
			return r
		}
	}
	r := &linkRecorder{fields: f, keep: c.keep}
	c.recorders = append(c.recorders, r)
	return r
}

func (c *corpusLinkCounting) Observe(p *Pair) {
	c.gold, c.pred = c.load(c.gold[:0], p.Gold, false), c.load(c.pred[:0], p.Pred, true)
	for _, f := range []linkFields{keySpan, keyTyped, keyLink, keyTypeLink} {
		c.recorder(f).observe(p.DocID, c.gold, c.pred)
	}
}

func (c *corpusLinkCounting) CountAll(out func(docID string) *Tally) {
	if len(c.recorders) == 0 {
		return
	}
	tallies, layout := c.recorders[0].records.tallies(out)
	if layout == nil {
		return
	}
	for _, k := range chosenLinks(layout, c.prefix) {
		if !k.measure.clusters() {
			continue
		}
		for doc, v := range c.recorder(k.measure.fields).counts(k.measure) {
			if tallies[doc] != nil {
				tallies[doc].Add(k.metric, Overall, v[0], v[1], v[2], v[3])
			}
		}
	}
}
