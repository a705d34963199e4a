// Package eval has what a program needs to read the figures of a result and to
// count what no metric here counts.
//
// Every metric turns one article, gold and predicted, into additive integer counts
// (a [Tally]); ratios are computed only when a result is read. A metric of your own
// is a [Family] that is given to [Register] before the first score; it then has
// means over classes, slices, filters and intervals like any other:
//
//	eval.Register(eval.Family{
//		Name: "inventory", Counts: eval.MentionItems,
//		Metrics: []eval.Metric{{Name: "inventory.types", Title: "mentions by number"}},
//		New: func(*eval.Settings) eval.Counting { return counting{} },
//	})
package eval

import "github.com/mizan-corpus/mizan/internal/eval"

// What a metric is.
type (
	// Family is metrics that are counted together from one look at an article.
	Family = eval.Family
	// Metric says what is counted as correct, in which counters, and how they
	// become precision, recall and F1.
	Metric = eval.Metric
	// ItemKind is what a metric counts; it says by which columns it is sliced.
	ItemKind = eval.ItemKind
	// OntologyPart is a part of an ontology that a metric may ask for: "roles",
	// "quad classes", "CAMEO codes" and so on.
	OntologyPart = eval.OntologyPart
	// Needs says what a metric looks at, so that the rest is not read.
	Needs = eval.Needs
	// Formula says how ratios follow from counters that are not the standard four.
	Formula = eval.Formula
	// Law names a property that a metric is expected to have: "identity", "order",
	// "swap", "sum", "spurious", "names", "slices", "types".
	Law = eval.Law
	// Settings are what a counting depends on besides the articles.
	Settings = eval.Settings
)

// The kinds of items; a metric that names none is sliced by every column.
const (
	MentionItems = eval.MentionItems
	EventItems   = eval.EventItems
)

// FixedPoint is the Unit of a metric whose counts are exact fractions.
const FixedPoint = eval.FixedPoint

// How a metric counts.
type (
	// Pair is one article with its gold labels and what was predicted for it.
	Pair = eval.Pair
	// Scope says which items of a pair are judged; the tally asks it by itself.
	Scope = eval.Scope
	// Counting adds the counts of one article to a tally.
	Counting = eval.Counting
	// CorpusCounting sees every article before it counts.
	CorpusCounting = eval.CorpusCounting
	// Tally is the counters of every metric, by class.
	Tally = eval.Tally
	// Item is a counted item: its class and its place among those of its side.
	Item = eval.Item
	// Class is the number of a type, level or role in a tally.
	Class = eval.Class
)

// Overall is the class that every item belongs to.
const Overall = eval.Overall

// What a result is made of.
type (
	// Figure is a metric over everything, over one class, or over one slice.
	Figure = eval.Figure
	// FigureKey names a figure.
	FigureKey = eval.FigureKey
	// FigureInterval is a two-sided interval of each ratio.
	FigureInterval = eval.FigureInterval
	// Credit is what was correct, for precision and for recall.
	Credit = eval.Credit
	// Ratio is a figure in [0,1] that may be undefined.
	Ratio = eval.Ratio
)

// Register adds a family to the table of metrics. It panics when a metric's name is
// taken or its counters are malformed. It is for init or the beginning of main.
func Register(f Family) { eval.Register(f) }

// Metrics lists every registered metric.
func Metrics() []*Metric { return eval.Metrics() }
