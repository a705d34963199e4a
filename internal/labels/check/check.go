// Package check holds labels against their texts, their table of actors and the
// ontology. Each file of rules adds its own to one table; a finding is
// `file:line`, what is found and what is expected.
package check

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/native"
	"github.com/mizan-corpus/mizan/internal/labels/occurrence"
	"github.com/mizan-corpus/mizan/internal/ontology"
	"github.com/mizan-corpus/mizan/internal/wording"
	"github.com/mizan-corpus/mizan/schema"
)

// Severity says what a finding asks for.
type Severity int

// The severities, gravest first.
const (
	SeverityError    Severity = iota // breaks a rule: must be mended
	SeverityNote                     // allowed, worth knowing
	SeverityQuestion                 // may be an omission: a person should look
)

// String is "error", "note" or "question".
func (s Severity) String() string { return [...]string{"error", "note", "question"}[s] }

// Rule is one check.
type Rule struct {
	Code     string // kebab-case, stable
	Severity Severity
	Meaning  string // one line
}

// rules is the table of rules by code. Every file of checks adds its own.
var rules = map[string]*Rule{}

// groups are the functions that apply the rules, one a file.
var groups []func(*checker)

func rule(code string, severity Severity, meaning string) *Rule {
	if rules[code] != nil {
		panic("labels: rule " + code + " registered twice")
	}
	r := &Rule{code, severity, meaning}
	rules[code] = r
	return r
}

// Rules lists the rules by code: those of every corpus, and those of the
// ontology.
func Rules(o *schema.Ontology) []Rule {
	all := maps.Clone(rules)
	for _, r := range o.Rules {
		if all[r.Code] == nil {
			all[r.Code] = &Rule{r.Code, severityOf(r.Severity), r.Meaning}
		}
	}
	var list []Rule
	for _, r := range all {
		list = append(list, *r)
	}
	slices.SortFunc(list, func(a, b Rule) int { return strings.Compare(a.Code, b.Code) })
	return list
}

// asked are the rules whose answer is one of the ontology's lists, besides those
// that it declares.
var asked = []*Rule{
	ruleMentionType, ruleLevel, ruleEventType, ruleMode, ruleContext, ruleCAMEO, ruleCrosswalk, ruleRealis, ruleAuxiliary,
	ruleRole, ruleFiller, ruleValueRole, ruleTimeValue, ruleActorType, ruleCountry, ruleSector,
}

// AsksOntology reports whether the rule of that code is the ontology's: under
// another one the same labels may be right.
func AsksOntology(o *schema.Ontology, code string) bool {
	return slices.ContainsFunc(asked, func(r *Rule) bool { return r.Code == code }) ||
		slices.ContainsFunc(o.Rules, func(r schema.Rule) bool { return r.Code == code })
}

// Finding is one place where labels break a rule or raise a question.
type Finding struct {
	File     string
	Line     int // 1-based, 0 when not known
	Severity Severity
	Code     string // of the rule
	DocID    string // "" for the table of actors
	What     string // the item, e.g. `mention "m3"`
	Found    string
	Expected string // "" when Found says it all
	Advice   string // what may be meant, "" for none

	// Span and Actor are the text and the actor that a finding about a name without a
	// mention is about.
	Span  schema.Span `json:"-"`
	Actor string      `json:"-"`
}

// String is `file:line: severity: what: found …, expected …; advice [code]`.
func (f Finding) String() string {
	const most = 300 // of a surface or a list that a finding repeats
	s := fmt.Sprintf("%s: %s: found %s", f.Severity, wording.Cut(f.What, most), wording.Cut(f.Found, most))
	if f.File != "" {
		s = labels.Position{File: f.File, Line: f.Line}.String() + ": " + s
	}
	if f.Expected != "" {
		s += ", expected " + wording.Cut(f.Expected, most)
	}
	if f.Advice != "" {
		s += "; " + wording.Cut(f.Advice, most)
	}
	return wording.Line(s) + " [" + f.Code + "]"
}

// Corpus is what [Labels] looks at.
type Corpus struct {
	Articles  []*schema.Article
	Documents []*labels.Document
	Actors    []*native.ActorRow
	Problems  []error          // what could not be read, as the readers gave it
	Ontology  *schema.Ontology // nil: [ontology.Default]
	// Unlabelled is where findings about articles without labels are placed:
	// the folder of label files. "" for none.
	Unlabelled string
	// Foreign is the file or folder when the labels are not native label files:
	// names and order of files then mean nothing. "" for native ones.
	Foreign string
	// ActorsUnread says that the table of actors is missing or was not read
	// whole: no finding is made of ids that are not in Actors.
	ActorsUnread bool
	// WithoutNames leaves out the search for names without a mention, which reads
	// every text: labels that are still being made have many.
	WithoutNames bool
	// Unread is the doc_ids of articles that are there and could not be read:
	// no finding is made of labels for them.
	Unread []string
}

// Labels applies every rule and returns the findings by file, line, code and
// text, after those that the table of actors cannot be read. The same corpus gives the same findings in any order of its lists.
func Labels(c *Corpus) []Finding {
	k := newChecker(c)
	for _, apply := range groups {
		apply(k)
	}
	slices.SortFunc(k.findings, func(a, b Finding) int {
		return cmp.Or(a.rank()-b.rank(), cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Code, b.Code),
			cmp.Compare(a.What, b.What), cmp.Compare(a.Found, b.Found), cmp.Compare(a.Expected, b.Expected), cmp.Compare(a.Advice, b.Advice))
	})
	return slices.Compact(k.findings)
}

// rank puts the table of actors first where it cannot be read: the labels can
// only be judged by it.
func (f Finding) rank() int {
	if f.Code == ruleUnreadable.Code && path.Base(f.File) == native.ActorsFile {
		return 0
	}
	return 1
}

// checker is a corpus with its look-up tables and the findings so far.
type checker struct {
	corpus    *Corpus
	ontology  *schema.Ontology
	articles  map[string]*article
	documents []*labels.Document // by file and line, so that "the first" has a meaning
	actorRows []*native.ActorRow // likewise
	actors    map[string]*native.ActorRow
	findings  []Finding
}

type article struct {
	*schema.Article
	index  *schema.Index
	places *occurrence.Finder
}

func newChecker(c *Corpus) *checker {
	k := &checker{corpus: c, ontology: ontology.Or(c.Ontology), articles: map[string]*article{}, actors: map[string]*native.ActorRow{}}
	for _, a := range c.Articles {
		x := schema.NewIndex(a.Text)
		k.articles[a.DocID] = &article{a, x, occurrence.New(x)}
	}
	k.documents = slices.SortedStableFunc(slices.Values(c.Documents), func(a, b *labels.Document) int {
		return cmp.Or(comparePositions(a.At, b.At), cmp.Compare(a.DocID, b.DocID))
	})
	k.actorRows = slices.SortedStableFunc(slices.Values(c.Actors), func(a, b *native.ActorRow) int {
		return cmp.Or(comparePositions(a.At, b.At), cmp.Compare(a.ID, b.ID))
	})
	for _, a := range k.actorRows {
		if k.actors[a.ID] == nil {
			k.actors[a.ID] = a
		}
	}
	return k
}

func (k *checker) add(r *Rule, at labels.Position, docID, what, found, expected string) {
	k.advise(r, at, docID, what, found, expected, "")
}

// longestPart is the most code points of each part of a finding. A name or surface may
// have millions, and every finding about it would repeat them.
const longestPart = 1000

// advise is add with what may be meant.
func (k *checker) advise(r *Rule, at labels.Position, docID, what, found, expected, advice string) {
	k.findings = append(k.findings, Finding{File: at.File, Line: at.Line, Severity: r.Severity, Code: r.Code, DocID: docID,
		What: wording.Cut(what, longestPart), Found: wording.Cut(found, longestPart), Expected: wording.Cut(expected, longestPart), Advice: advice})
}

// oneOf is a list of codes as a finding's expectation.
func oneOf(list []schema.Code) string {
	if len(list) == 0 {
		return "a code"
	}
	var codes []string
	for _, c := range list {
		codes = append(codes, wording.Cut(c.Code, longestPart))
	}
	if len(codes) > 30 {
		return "a code of the ontology"
	}
	return "one of " + strings.Join(codes, ", ")
}

// typ checks a type or a role: it must be there, and be in the ontology, also
// in one that has none.
func (k *checker) typ(r *Rule, at labels.Position, docID, what, value, kind string, list []schema.Code) {
	if len(list) == 0 && value != "" {
		k.add(r, at, docID, what, strconv.Quote(value), "none: the ontology "+k.ontology.Name+" has no "+kind)
		return
	}
	k.code(r, at, docID, what, value, list, true)
}

// code checks that a value is in a code list; "" is found missing where it is
// required.
func (k *checker) code(r *Rule, at labels.Position, docID, what, value string, list []schema.Code, required bool) {
	switch {
	case value == "" && required:
		k.add(r, at, docID, what, "nothing", oneOf(list))
	case value != "" && len(list) > 0 && !schema.Has(list, value):
		k.add(r, at, docID, what, strconv.Quote(value), oneOf(list))
	}
}

func comparePositions(a, b labels.Position) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
}

// nameActor and the like are how findings name what an id refers to.
func nameActor(id string) string { return fmt.Sprintf("actor %q", id) }
