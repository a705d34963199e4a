package links

import (
	"strings"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/coref"
)

const Citation = "Hachey, Nothman and Radford 2014, Cheap and easy entity evaluation; measures as neleval names them (TAC KBP entity discovery and linking; Ji, Nothman and Hachey 2014)"

// ArticleCounting counts the measures that look at one article at a time.
type ArticleCounting struct {
	Prefix     string
	Load       Loader
	ByType     bool // also counts by mention type
	layout     *eval.Layout
	chosen     []chosenLink
	gold, pred []Mention
	sideBySide sideBySide
	Sets       setCounter
	Overlaps   overlapCounter
}

// chosenLink is a measure and its metric's position in the layout.
type chosenLink struct {
	metric  int
	measure *Measure
}

// chosenLinks are the measures under the prefix that the layout asks for.
func chosenLinks(l *eval.Layout, prefix string) []chosenLink {
	var out []chosenLink
	for i, metric := range l.Metrics() {
		if name, ours := strings.CutPrefix(metric.Name, prefix+"."); ours {
			if m := ByName(name); m != nil {
				out = append(out, chosenLink{i, m})
			}
		}
	}
	return out
}

func (c *ArticleCounting) Count(p *eval.Pair, out *eval.Tally) {
	c.gold, c.pred = c.Load(c.gold[:0], p, false), c.Load(c.pred[:0], p, true)
	if c.layout != out.Layout() {
		c.layout, c.chosen = out.Layout(), chosenLinks(out.Layout(), c.Prefix)
	}
	aligned := out.Scope() == nil && c.sideBySide.align(c.gold, c.pred, out.MentionClasses(p.Gold), out.MentionClasses(p.Pred))
	for _, k := range c.chosen {
		switch {
		case k.measure.Part == PartOverlap:
			c.countOverlap(k.measure, k.metric, out)
		case k.measure.Part != PartSets:
		case aligned && k.measure.Fields.Span:
			c.sideBySide.count(k.measure, k.metric, c.ByType, out)
		default:
			c.countSet(k.measure, k.metric, out)
		}
	}
}

func (c *ArticleCounting) countOverlap(m *Measure, metric int, out *eval.Tally) {
	c.Overlaps.Count(m, c.gold, c.pred, func(l *Mention, of int32, cover, length int64, isGold bool) {
		it := eval.Item{At: l.At, Of: of, Rows: eval.PooledRow}
		if isGold {
			out.AddGold(metric, it, cover, length)
		} else {
			out.AddPredicted(metric, it, cover, length)
		}
	})
}

// add adds the four counters of a metric where they count.
func add(out *eval.Tally, j eval.Judged, metric int, counters *[4]eval.Amount) {
	for at := range counters {
		out.AddJudged(j, metric, at, &counters[at])
	}
}

func (c *ArticleCounting) countSet(m *Measure, metric int, out *eval.Tally) {
	c.Sets.Count(m, c.gold, c.pred, func(e *Element, of int32, hit int64, isGold bool) {
		it := eval.Item{At: e.at, Of: of, Rows: eval.PooledRow}
		add := out.AddPredicted
		if isGold {
			add = out.AddGold
		}
		add(metric, it, hit, 1)
		if !c.ByType || !m.Fields.Span {
			return
		}
		it.Rows = eval.ClassRow
		it.Class = out.Class(e.typ)
		add(metric, it, hit, 1)
		for _, typ := range e.more {
			it.Class = out.Class(typ)
			add(metric, it, hit, 1)
		}
	})
}

// ByName finds a measure by neleval's name or a metric's.
func ByName(name string) *Measure {
	for i := range Measures {
		if Measures[i].Name == name {
			return &Measures[i]
		}
	}
	for i := range OverlapMeasures {
		if OverlapMeasures[i].Name == name {
			return &OverlapMeasures[i]
		}
	}
	return nil
}

// CorpusCounting counts the measures of clusters.
type CorpusCounting struct {
	Prefix     string
	Load       Loader
	Keep       coref.KeepRule
	gold, pred []Mention
	recorders  []*Recorder
}

// recorder is the one for the fields, made when first asked for.
func (c *CorpusCounting) recorder(f Fields) *Recorder {
	for _, r := range c.recorders {
		if r.Fields == f {
			return r
		}
	}
	r := &Recorder{Fields: f, Keep: c.Keep}
	c.recorders = append(c.recorders, r)
	return r
}

func (c *CorpusCounting) Observe(p *eval.Pair) {
	c.gold, c.pred = c.Load(c.gold[:0], p, false), c.Load(c.pred[:0], p, true)
	for _, f := range []Fields{KeySpan, keyTyped, keyLink, keyTypeLink} {
		c.recorder(f).Observe(p, c.gold, c.pred)
	}
}

func (c *CorpusCounting) CountAll(out func(docID string) *eval.Tally) {
	if len(c.recorders) == 0 {
		return
	}
	tallies, layout := c.recorders[0].records.Tallies(out)
	if layout == nil {
		return
	}
	for _, k := range chosenLinks(layout, c.Prefix) {
		if !k.measure.Clusters() {
			continue
		}
		r := c.recorder(k.measure.Fields)
		counts := r.Counts(k.measure)
		r.records.EachUnit(func(at int, doc int32, j eval.Judged) {
			if tallies[doc] != nil {
				add(tallies[doc], j, k.metric, &counts[at])
			}
		})
	}
}
