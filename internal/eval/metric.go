package eval

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"sort"
	"strings"

	"github.com/mizan-corpus/mizan/internal/suggest"
	"github.com/mizan-corpus/mizan/schema"
)

// A Family is a group of metrics that are counted together from one look at
// an article. A family is one file: it calls [Register] in init.
type Family struct {
	// Name is the prefix of the family's metrics, e.g. "mentions".
	Name string
	// Metrics are the family's metrics, in the order in which they are shown.
	Metrics []Metric
	// Counts, Claims, Needs, Asks and Scheme stand for those metrics of the family that do
	// not declare their own.
	Counts ItemKind
	Claims Claims
	Needs  *Needs
	Asks   []OntologyPart
	Scheme string
	// Sets marks a family whose figures are of what all items cover together: in a
	// slice or under a filter it counts the items that are judged as if there were
	// no others, where any other family judges one item after the other.
	Sets bool
	// New returns a counting of the family for one worker. It may keep scratch
	// memory between articles.
	New func(*Settings) Counting
	// NewCorpus is set instead of New by a family that needs all articles at
	// once, such as coreference across the corpus.
	NewCorpus func(*Settings) CorpusCounting
}

// Counting adds the counts of one article to a tally.
type Counting interface {
	Count(p *Pair, out *Tally)
}

// CorpusCounting looks at every article before it counts. Observe is called
// once for each article, in doc_id order; CountAll then adds each article's own
// share of the counts to out(doc_id), so that they stay additive by article.
type CorpusCounting interface {
	Observe(p *Pair)
	CountAll(out func(docID string) *Tally)
}

// Metric describes one figure: what it means, how it is computed and which
// counters it adds up.
type Metric struct {
	Name     string // "mentions.strict": dotted lower-case path, unique
	Title    string // a few words
	Meaning  string // plain sentences: what is counted as correct
	Formula  string // precision, recall, F1 in terms of the counters
	Citation string // the source of the definition
	// Counters names the integers of the metric in a tally. The first four are
	// always correct_p, predicted, correct_r, gold: the numerator and
	// denominator of precision, then of recall.
	Counters []string
	// Unit is what a count of one whole item is stored as: 1 for plain counts, 2
	// for halves, 3 for thirds. 0 means 1. [FixedPoint] marks counts of exact
	// fractions: whole items with fractions beside them ([Tally.AddAmount]).
	Unit int64
	// Formulas gives the formula by which counters become precision, recall and
	// F1; it may depend on which counters are 0. nil is [Plain].
	Formulas func(zero func(at int) bool) Formula
	// Optional marks a metric that is computed only when asked for by its own
	// name or its family's: compatibility schemes and variants.
	Optional bool
	// Headline marks a metric that is computed when none is named: the figures
	// that are published most, one view of each task.
	Headline bool
	// Counts says what the metric's items are, and so by which columns it is
	// sliced; "" is by all.
	Counts ItemKind
	// Claims is what predictions must hold any of for the metric to say something
	// of them; 0 is any item of the kind that it counts.
	Claims Claims
	// Needs is what the metric looks at; nil is everything. A test counts again
	// with nothing else.
	Needs *Needs
	// Asks lists the parts of an ontology without which the metric says nothing
	// and is not computed; types of what it counts go without saying.
	Asks []OntologyPart
	// Scheme names the other scorer whose way of matching is reproduced; "" is
	// the toolkit's own.
	Scheme string
	// Breaks names each law that the metric does not obey, with the reason.
	Breaks map[Law]string
}

// ItemKind is what a metric counts.
type ItemKind string

// The kinds of items. What is made of events, as records are, goes with them.
const (
	MentionItems ItemKind = "mentions"
	EventItems   ItemKind = "events"
)

// declare fills in what the metric leaves to its family.
func (m *Metric) declare(f *Family) {
	if m.Counters == nil {
		m.Counters = StandardCounters
	}
	if m.Unit == 0 {
		m.Unit = 1
	}
	if m.Counts == "" {
		m.Counts = f.Counts
	}
	if m.Claims == 0 {
		m.Claims = f.Claims
	}
	if m.Needs == nil {
		m.Needs = f.Needs
	}
	if m.Needs == nil {
		m.Needs = &everything
	}
	if m.Asks == nil {
		m.Asks = f.Asks
	}
	switch {
	case m.Claims != 0:
	case m.Counts == MentionItems:
		m.Claims = ClaimMentions
	case m.Counts == EventItems:
		m.Claims = ClaimEvents
	}
	switch m.Counts {
	case MentionItems:
		m.Asks = append([]OntologyPart{PartMentions}, m.Asks...)
	case EventItems:
		m.Asks = append([]OntologyPart{PartEvents}, m.Asks...)
	}
	if m.Scheme == "" {
		m.Scheme = f.Scheme
	}
	if f.Sets && m.Breaks[LawSlices] == "" {
		m.Breaks = maps.Clone(m.Breaks)
		if m.Breaks == nil {
			m.Breaks = map[Law]string{}
		}
		m.Breaks[LawSlices] = "what is judged is counted as a set of its own, as if there were nothing else"
	}
}

// FixedPoint marks metrics whose counts are exact fractions, by the parts of an
// item to which [Tally.Get] rounds them for resampling: 2³². A sum of 2³⁰ items
// still fits an int64. What decides (figures, gates, ties, p-values) is computed
// from [Tally.Exact].
const FixedPoint = 1 << 32

// inUnit reports whether the counter at that place counts in the metric's Unit:
// the members of quadruples do, categories such as "mis" count whole items.
func (m *Metric) inUnit(at int) bool {
	for _, name := range StandardCounters {
		if m.Counters[at] == name || strings.HasSuffix(m.Counters[at], "_"+name) {
			return true
		}
	}
	return false
}

// StandardCounters are the counters of a metric whose precision and recall are
// plain ratios.
var StandardCounters = []string{"correct_p", "predicted", "correct_r", "gold"}

// Law names a property that a metric is expected to have; each is tested for
// every registered metric.
type Law string

// The laws.
const (
	LawIdentity Law = "identity" // gold against itself is 1
	LawOrder    Law = "order"    // the order of the input never matters
	LawSwap     Law = "swap"     // swapping gold and prediction swaps precision and recall
	LawSum      Law = "sum"      // counts of parts add up to the whole
	LawSpurious Law = "spurious" // adding a wrong prediction never raises precision
	LawNames    Law = "names"    // what ids are called never matters
	LawSlices   Law = "slices"   // what is correct in the slices of a column adds up to the whole
	LawTypes    Law = "types"    // renaming types renames classes and nothing else
)

// Settings are what a counting depends on besides the articles. They are part
// of the signature.
type Settings struct {
	Ontology *schema.Ontology
	Actors   map[string]*schema.Actor // gold table of actors by id; may be nil
	// PredictedActors is the table that came with the predictions; nil when
	// there is none, then predicted ids are looked up in Actors.
	PredictedActors map[string]*schema.Actor
	// IoU is the threshold of the overlap metric in per cent, 0 to 100; 0 is any
	// overlap.
	IoU int
	// LeaveOut makes the mean of a ratio over classes that of the classes for which
	// it is defined, as zero_division=nan does in scikit-learn; else a class for
	// which it is undefined counts 0, as with zero_division=0. No count depends
	// on it.
	LeaveOut bool
}

var (
	families []*Family
	metrics  = map[string]*Metric{} // by name
)

// Register adds a family to the table. It panics when a metric's name is taken
// or its counters are malformed: both are programming errors.
func Register(f Family) {
	if (f.New == nil) == (f.NewCorpus == nil) {
		panic("eval: family " + f.Name + " needs exactly one of New and NewCorpus")
	}
	for i := range f.Metrics {
		m := &f.Metrics[i]
		m.declare(&f)
		if len(m.Counters) < 4 || !slices.Equal(m.Counters[:4], StandardCounters) {
			panic("eval: metric " + m.Name + ": the first four counters must be the standard ones")
		}
		if metrics[m.Name] != nil {
			panic("eval: metric " + m.Name + " registered twice")
		}
		metrics[m.Name] = m
	}
	families = append(families, &f)
	sort.Slice(families, func(i, j int) bool {
		a, b := families[i].Name, families[j].Name
		return cmp.Or(cmp.Compare(area(a), area(b)), strings.Compare(a, b)) < 0
	})
}

// areas are the beginnings of family names in the order in which metrics are
// shown: from single spans to what is made of them.
var areas = []string{"mentions", "events.trigger", "events.realis", "events.argument", "events", "actors", "records"}

// area is the family's place in areas; other scorers' come last.
func area(family string) int {
	for i, a := range areas {
		if family == a || strings.HasPrefix(family, a+".") {
			return i
		}
	}
	return len(areas)
}

// Families lists the registered families in the order of their areas, then by
// name.
func Families() []*Family { return families }

// Metrics lists every registered metric in the order of the families, then in
// the family's own order.
func Metrics() []*Metric {
	var all []*Metric
	for _, f := range families {
		for i := range f.Metrics {
			all = append(all, &f.Metrics[i])
		}
	}
	return all
}

// LookupMetric finds a metric by its full name.
func LookupMetric(name string) (*Metric, bool) {
	m, ok := metrics[name]
	return m, ok
}

// SelectMetrics resolves names and prefixes: "mentions.strict" is one metric,
// "mentions" or "mentions.*" every metric under it that is not Optional, "all"
// every metric that is not Optional. A prefix under which all are Optional, such
// as "nervaluate", selects them. No pattern selects the Headline metrics. The
// result has the order of [Metrics]. An unknown name is an [UnknownMetricError] with the
// nearest names.
func SelectMetrics(patterns []string) ([]*Metric, error) {
	all := Metrics()
	chosen := map[string]bool{}
	if len(patterns) == 0 {
		for _, m := range all {
			chosen[m.Name] = m.Headline
		}
	}
	for _, p := range patterns {
		prefix := strings.TrimSuffix(p, ".*") + "."
		var found, optional []string
		for _, m := range all {
			switch {
			case m.Name == p:
				found = append(found, m.Name)
			case p != "all" && !strings.HasPrefix(m.Name, prefix):
			case m.Optional:
				optional = append(optional, m.Name)
			default:
				found = append(found, m.Name)
			}
		}
		if len(found) == 0 && p != "all" {
			found = optional
		}
		if len(found) == 0 {
			return nil, &UnknownMetricError{Name: p, Nearest: NearestMetrics(p)}
		}
		for _, name := range found {
			chosen[name] = true
		}
	}
	var out []*Metric
	for _, m := range all {
		if chosen[m.Name] {
			out = append(out, m)
		}
	}
	return out, nil
}

// UnknownMetricError is returned for a metric name that is not registered.
type UnknownMetricError struct {
	Name    string
	Nearest []string // up to three registered names, nearest first
}

func (e *UnknownMetricError) Error() string {
	return fmt.Sprintf("unknown metric %q; nearest: %s", e.Name, strings.Join(e.Nearest, ", "))
}

// NearestMetrics are the names of metrics that may have been meant.
func NearestMetrics(name string) []string {
	all := Metrics()
	names := make([]string, len(all))
	for i, m := range all {
		names[i] = m.Name
	}
	return suggest.Nearest(name, names, 3)
}
