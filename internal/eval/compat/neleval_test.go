package compat

import (
	"errors"
	"fmt"
	"math"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/coref"
	"github.com/mizan-corpus/mizan/internal/eval/evaltest"
	"github.com/mizan-corpus/mizan/internal/eval/links"
	"github.com/mizan-corpus/mizan/internal/eval/place"
	"github.com/mizan-corpus/mizan/internal/suggest"
	"github.com/mizan-corpus/mizan/schema"
)

// LinkMention is one line of an entity linking annotation.
type LinkMention struct {
	Doc  string
	Span schema.Span // half-open, unlike neleval's own files, whose ends are inclusive
	ID   string      // of the entry in the knowledge base; "NIL…" names a NIL cluster, "" is none
	Type string
}

// LinkScore is one measure's counters and score.
type LinkScore struct {
	Measure  string
	Counters [4]*big.Rat // the standard four
	Score    eval.Score  // what has no denominator is 0, as in neleval
}

// NelevalMeasures are the names of neleval's measures.
func NelevalMeasures() []string {
	var names []string
	for _, m := range links.Measures {
		names = append(names, m.Name)
	}
	return names
}

// ScoreLinks computes neleval's measures. A measure is one of
// [NelevalMeasures] or neleval's long form aggregate:filter:fields, such as
// "overlap-maxmax::span+type"; the aggregates are sets, overlap-sumsum (also
// summax, maxsum, maxmax), muc, b_cubed, entity_ceaf, mention_ceaf, pairwise
// and pairwise_negative, the filters is_linked and is_nil, the fields span,
// type, kbid and docid. An unknown one is an [eval.UnknownMetricError]. Where one
// side has a mention twice, clusterings keep the first; neleval asks for input
// without such mentions.
func ScoreLinks(gold, pred []LinkMention, measures ...string) ([]LinkScore, error) {
	chosen := make([]*links.Measure, len(measures))
	for i, name := range measures {
		m, err := parseLinkMeasure(name)
		if err != nil {
			return nil, err
		}
		chosen[i] = m
	}
	docs, goldOf, predOf := byDoc(gold, pred)
	out := make([]LinkScore, len(chosen))
	for i, m := range chosen {
		s := LinkScore{Measure: measures[i], Counters: [4]*big.Rat{new(big.Rat), new(big.Rat), new(big.Rat), new(big.Rat)}}
		c := links.ArticleCounting{}
		r := links.Recorder{Fields: m.Fields, Keep: coref.FirstGiven}
		for _, doc := range docs {
			g, p := admitted(m, goldOf[doc]), admitted(m, predOf[doc])
			switch {
			case m.Part == links.PartSets:
				c.Sets.Count(m, g, p, func(_ *links.Element, _ int32, hit int64, isGold bool) { s.add(isGold, hit) })
			case m.Part == links.PartOverlap:
				c.Overlaps.Count(m, g, p, func(_ *links.Mention, _ int32, cover, length int64, isGold bool) { s.addShare(isGold, cover, length) })
			default:
				r.Observe(&eval.Pair{DocID: doc}, g, p)
			}
		}
		if m.Clusters() {
			for _, v := range r.Counts(m) {
				s.addAll(v, m.Unit())
			}
		}
		s.Score = (&eval.Metric{Formulas: func(func(int) bool) eval.Formula { return eval.Formula{Of: []int{0}, OrZero: true} }}).ScoreExactly(s.Counters[:]).Nearest()
		out[i] = s
	}
	return out, nil
}

func (s *LinkScore) add(isGold bool, hit int64) { s.addShare(isGold, hit, 1) }

func (s *LinkScore) addShare(isGold bool, num, den int64) {
	at := 0
	if isGold {
		at = 2
	}
	s.Counters[at].Add(s.Counters[at], big.NewRat(num, den))
	s.Counters[at+1].Add(s.Counters[at+1], big.NewRat(1, 1))
}

func (s *LinkScore) addAll(v [4]eval.Amount, unit int64) {
	for i := range v {
		r := v[i].Rat()
		if unit != eval.FixedPoint {
			r.Quo(r, big.NewRat(unit, 1))
		}
		s.Counters[i].Add(s.Counters[i], r)
	}
}

// byDoc groups the mentions by document, in the order of the documents' names.
func byDoc(gold, pred []LinkMention) (docs []string, goldOf, predOf map[string][]links.Mention) {
	group := func(mentions []LinkMention, first int32) map[string][]links.Mention {
		of := map[string][]links.Mention{}
		for i, m := range mentions {
			l := links.Mention{Place: place.Place{Span: m.Span}, Typ: m.Type}
			l.Kb, l.Cluster = nelevalLink(m.ID)
			if m.Span.Start < 0 {
				l.Alone = first + int32(2*i)
			}
			if _, ok := of[m.Doc]; !ok {
				docs = append(docs, m.Doc)
			}
			of[m.Doc] = append(of[m.Doc], l)
		}
		return of
	}
	goldOf, predOf = group(gold, 1), group(pred, 2)
	slices.Sort(docs)
	return slices.Compact(docs), goldOf, predOf
}

// admitted are the mentions that the measure's filter lets through.
func admitted(m *links.Measure, mentions []links.Mention) []links.Mention {
	var out []links.Mention
	for i := range mentions {
		if m.Filter.Admits(&mentions[i]) {
			out = append(out, mentions[i])
		}
	}
	return out
}

var linkAggregates = map[string]int{
	"sets": links.PartSets, "muc": coref.PartMUC, "b_cubed": coref.PartB3, "entity_ceaf": coref.PartCEAFe, "mention_ceaf": coref.PartCEAFm,
	"pairwise": coref.PartLinks, "pairwise_negative": coref.PartNonLinks,
}

// parseLinkMeasure reads a measure's name or long form.
func parseLinkMeasure(name string) (*links.Measure, error) {
	if m := links.ByName(name); m != nil && strings.Count(name, ":") == 0 {
		return m, nil
	}
	unknown := &eval.UnknownMetricError{Name: name, Nearest: suggest.Nearest(name, NelevalMeasures(), 3)}
	parts := strings.Split(name, ":")
	if len(parts) != 3 {
		return nil, unknown
	}
	m := &links.Measure{Name: name}
	part, ok := linkAggregates[parts[0]]
	if mode, isOverlap := links.OverlapModes[parts[0]]; isOverlap {
		part, ok, m.Mode = links.PartOverlap, true, mode
	}
	if !ok {
		return nil, unknown
	}
	m.Part = part
	switch parts[1] {
	case "", "None":
	case "is_linked":
		m.Filter = links.LinkedMentions
	case "is_nil":
		m.Filter = links.NilMentions
	default:
		return nil, fmt.Errorf("measure %q: filter %q, expected is_linked, is_nil or nothing", name, parts[1])
	}
	for _, f := range strings.Split(parts[2], "+") {
		switch f {
		case "span":
			m.Fields.Span = true
		case "type":
			m.Fields.Typ = true
		case "kbid":
			m.Fields.Kb = true
		case "docid": // always compared
		default:
			return nil, fmt.Errorf("measure %q: field %q, expected span, type, kbid or docid", name, f)
		}
	}
	return m, nil
}

// readLinks reads neleval's lines: document, start, end (inclusive), id, score,
// type.
func readLinks(t *testing.T, path string) []LinkMention {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out []LinkMention
	for n, line := range strings.Split(strings.TrimSuffix(string(b), "\n"), "\n") {
		c := strings.Split(line, "\t")
		if len(c) != 6 {
			t.Fatalf("%s:%d: %d columns, expected 6", path, n+1, len(c))
		}
		start, err1 := strconv.Atoi(c[1])
		end, err2 := strconv.Atoi(c[2])
		if err := errors.Join(err1, err2); err != nil {
			t.Fatalf("%s:%d: %v", path, n+1, err)
		}
		out = append(out, LinkMention{c[0], schema.Span{Start: int32(start), End: int32(end) + 1}, c[3], c[5]})
	}
	return out
}

func TestNelevalConformance(t *testing.T) {
	dir := evaltest.Conformance(t, "neleval")
	gold, sys := readLinks(t, filepath.Join(dir, "research_gold.tsv")), readLinks(t, filepath.Join(dir, "research_sys.tsv"))
	var expected map[string]struct{ Precision, Recall, Fscore, PTP, FP, RTP, FN float64 }
	evaltest.ReadJSON(t, filepath.Join(dir, "research_expected.json"), &expected)
	if len(expected) != 23 {
		t.Errorf("%d measures, expected 23", len(expected))
	}
	for measure, want := range expected {
		scores, err := ScoreLinks(gold, sys, measure)
		if err != nil {
			t.Error(err)
			continue
		}
		s := scores[0]
		prf{want.Precision, want.Recall, want.Fscore}.check(t, measure, s.Score, 1e-9)
		counts := []float64{want.PTP, want.PTP + want.FP, want.RTP, want.RTP + want.FN}
		for i, c := range s.Counters {
			if got, _ := c.Float64(); math.Abs(got-counts[i]) > 1e-8 {
				t.Errorf("%s: counter %s is %v, expected %v", measure, eval.StandardCounters[i], got, counts[i])
			}
		}
	}
}

func link(doc string, start, end int32, id, typ string) LinkMention {
	return LinkMention{doc, schema.Span{Start: start, End: end}, id, typ}
}

// TestLinksByHand has cases that were worked out on paper.
func TestLinksByHand(t *testing.T) {
	gold := []LinkMention{
		link("d1", 0, 4, "Q1", "PER"), link("d1", 10, 14, "Q1", "PER"), link("d1", 20, 24, "NIL1", "ORG"),
		link("d2", 0, 4, "NIL1", "ORG"), link("d2", 10, 14, "", "ORG"),
	}
	pred := []LinkMention{
		link("d1", 0, 4, "Q1", "PER"), link("d1", 10, 14, "Q2", "PER"), link("d1", 20, 24, "NIL7", "PER"),
		link("d2", 0, 4, "NIL7", "ORG"), link("d2", 30, 34, "Q1", "PER"),
	}
	for _, c := range []struct {
		measure string
		want    [4]int64 // in the measure's unit
	}{
		{"strong_mention_match", [4]int64{4, 5, 4, 5}},
		{"strong_typed_mention_match", [4]int64{3, 5, 3, 5}},
		{"strong_linked_mention_match", [4]int64{2, 3, 2, 2}},
		{"strong_link_match", [4]int64{1, 3, 1, 2}},
		{"strong_nil_match", [4]int64{2, 2, 2, 3}},
		{"strong_typed_nil_match", [4]int64{1, 2, 1, 3}},
		{"strong_all_match", [4]int64{3, 5, 3, 5}},
		{"entity_match", [4]int64{1, 3, 1, 1}}, // (d1,Q1) of (d1,Q1), (d1,Q2), (d2,Q1)
		{"mention_ceaf", [4]int64{3, 5, 3, 5}}, // Q1-Q1 has 1, NIL1-NIL7 has 2
		{"pairwise", [4]int64{1, 2, 1, 2}},     // the NIL pair; Q1 is a pair on either side
		// negative pairs: of the 4 common mentions, each of the Q1 two against each of the NIL
		// two: 4; predicted 10 pairs less 2, gold 10 less 2
		{"pairwise_negative::span", [4]int64{4, 8, 4, 8}},
		{"sets:is_nil:docid+type", [4]int64{1, 2, 1, 2}}, // (d1,ORG) (d2,ORG) against (d1,PER) (d2,ORG)
	} {
		scores, err := ScoreLinks(gold, pred, c.measure)
		if err != nil {
			t.Fatal(err)
		}
		for i, got := range scores[0].Counters {
			if got.Cmp(big.NewRat(c.want[i], 1)) != 0 {
				t.Errorf("%s: counters %v, expected %v", c.measure, scores[0].Counters, c.want)
				break
			}
		}
	}
}

// TestCaiAndStrube works out the adjustment of Cai and Strube 2010 on key {abc} and response {abde}.
func TestCaiAndStrube(t *testing.T) {
	cluster := func(id, mentions string) []LinkMention {
		var out []LinkMention
		for _, m := range mentions {
			out = append(out, link("d", m, m+1, id, ""))
		}
		return out
	}
	key := cluster("1", "abc")
	response := append(cluster("1", "abde"), cluster("2", "z")...)
	// precision: key {abc} {d} {e}, response {abde} {c}; z is a twinless singleton and left out
	// recall: key {abc}, response {ab} {c}
	for _, c := range []struct {
		measure           string
		precision, recall float64
	}{
		{"cs_b_cubed", (2./4 + 2./4 + 1./4 + 1./4 + 1) / 5, (2./3 + 2./3 + 1./3) / 3},
		{"mention_cs_ceaf", (2. + 0) / 5, 2. / 3},     // {abc}-{abde}; {c} has no partner left
		{"entity_cs_ceaf", (2./4 + 2./5) / 2, 4. / 5}, // {abc}-{c} and {d}-{abde}; {abc}-{ab}
	} {
		scores, err := ScoreLinks(key, response, c.measure)
		if err != nil {
			t.Fatal(err)
		}
		f := 2 * c.precision * c.recall / (c.precision + c.recall)
		want := prf{c.precision, c.recall, f}
		want.check(t, c.measure, scores[0].Score, 1e-9)
	}
}

func TestOverlapMeasures(t *testing.T) {
	gold := []LinkMention{link("d", 0, 10, "", "PER"), link("d", 20, 24, "", "ORG")}
	pred := []LinkMention{link("d", 0, 4, "", "PER"), link("d", 6, 12, "", "PER"), link("d", 20, 24, "", "PER")}
	for _, c := range []struct {
		measure           string
		precision, recall float64
	}{
		// gold [0,10) is covered by 4 + 4 characters; pred [6,12) by 4 of 6
		{"overlap-sumsum::span", (1 + 4./6 + 1) / 3, (8./10 + 1) / 2},
		{"overlap-maxmax::span", (1 + 4./6 + 1) / 3, (4./10 + 1) / 2},
		{"overlap-summax::span+type", (1 + 4./6 + 0) / 3, (8./10 + 0) / 2},
		{"overlap-maxsum::span+type", (1 + 4./6 + 0) / 3, (4./10 + 0) / 2},
	} {
		scores, err := ScoreLinks(gold, pred, c.measure)
		if err != nil {
			t.Fatal(err)
		}
		prf{c.precision, c.recall, 2 * c.precision * c.recall / (c.precision + c.recall)}.check(t, c.measure, scores[0].Score, 1e-9)
	}
}

func TestScoreLinksRefusesUnknownMeasures(t *testing.T) {
	for measure, want := range map[string]string{
		"strong_link_macth": "strong_link_match", "a:b": "unknown metric", "median::span": "unknown metric",
		"sets:is_old:span": `filter "is_old"`, "sets::span+score": `field "score"`,
	} {
		if _, err := ScoreLinks(nil, nil, measure); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, expected it to say %s", measure, err, want)
		}
	}
	var unknown *eval.UnknownMetricError
	if _, err := ScoreLinks(nil, nil, "b_cube"); !errors.As(err, &unknown) || !slices.Contains(unknown.Nearest, "b_cubed") {
		t.Errorf("b_cube: error %v, expected an UnknownMetricError that names b_cubed", err)
	}
	if scores, err := ScoreLinks(nil, nil, NelevalMeasures()...); err != nil || len(scores) != 22 || scores[0].Score != allZero {
		t.Errorf("nothing against nothing: %v, %v; expected 22 scores of 0", scores, err)
	}
}

// TestNelevalFamilies holds the registered scheme against [ScoreLinks].
func TestNelevalFamilies(t *testing.T) {
	long := map[string]string{
		"overlap_sum": "overlap-sumsum::span", "overlap_max": "overlap-maxmax::span",
		"overlap_sum_typed": "overlap-sumsum::span+type", "overlap_max_typed": "overlap-maxmax::span+type",
	}
	rapid.Check(t, func(t *rapid.T) {
		pairs := evaltest.DrawPairs(t)
		list := func(side func(*eval.Pair) *schema.Annotation) []LinkMention {
			var out []LinkMention
			for _, p := range pairs {
				for _, m := range side(p).Mentions {
					out = append(out, LinkMention{p.DocID, m.Span, m.ActorID, m.Type})
				}
			}
			return out
		}
		layout, tallies := evaltest.CountFamilies("neleval.", &eval.Settings{}, pairs)
		total := evaltest.SumTallies(t, layout, tallies)
		for i, m := range layout.Metrics() {
			name := strings.TrimPrefix(m.Name, "neleval.")
			if long[name] != "" {
				name = long[name]
			}
			scores, err := ScoreLinks(list(evaltest.GoldSide), list(evaltest.PredSide), name)
			if err != nil {
				t.Fatal(err)
			}
			got := total.Exact(i, "")
			equal := slices.EqualFunc(got, scores[0].Counters[:], func(a, b *big.Rat) bool { return a.Cmp(b) == 0 })
			if score := m.ScoreExactly(got).Nearest(); !equal || score != scores[0].Score {
				t.Fatalf("%s: counters %v, score %v; expected %v, %v", m.Name, got, score, scores[0].Counters, scores[0].Score)
			}
		}
	})
}
