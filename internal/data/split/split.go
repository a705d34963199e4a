package split

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/release"
)

// The ways to split a dataset.
const (
	ByArticle = "article" // at random
	ByOutlet  = "outlet"  // at random, an outlet's articles together
	ByTime    = "time"    // by date, the first part the earliest
)

// Ways lists them.
var Ways = []string{ByArticle, ByOutlet, ByTime}

// Part is one side of a split and the share of the labelled articles that it is
// to have, greater than 0 and at most 1.
type Part struct {
	Name  string // letters, digits, underscores
	Share float64
}

// Options say how a dataset is split.
type Options struct {
	Parts []Part // shares that add up to 1; see [ParseParts] and [Folds]
	By    string // one of [Ways]; "" is [ByArticle]
	Seed  uint64 // of the random order; articles by time need it for ties only
}

// Partition says which part each article belongs to.
type Partition struct {
	Parts []PartSize        `json:"parts"`
	Notes []string          `json:"notes,omitempty"` // what the constraints did to the sizes
	Of    map[string]string `json:"-"`               // part by doc_id
}

// PartSize is what became of a part.
type PartSize struct {
	Name     string  `json:"name"`
	Articles int     `json:"articles"` // with labels and without
	Labelled int     `json:"labelled"`
	Wanted   float64 `json:"wanted"` // share × labelled articles
	Groups   int     `json:"groups"` // of articles that must stay together
}

// An EmptyPartError says that a part has no labelled article.
type EmptyPartError struct {
	Part   string
	Groups int // with labelled articles, in all parts
}

func (e *EmptyPartError) Error() string {
	return fmt.Sprintf("split: %s has no labelled article: there are %d groups of labelled articles that must stay together, and shares that leave it none", e.Part, e.Groups)
}

// Hint is the next step.
func (e *EmptyPartError) Hint() string { return "fewer parts, or a greater share for " + e.Part }

// ParseParts reads "train=0.8,test=0.2".
func ParseParts(text string) ([]Part, error) {
	var parts []Part
	for item := range strings.SplitSeq(text, ",") {
		name, share, ok := strings.Cut(strings.TrimSpace(item), "=")
		v, err := strconv.ParseFloat(share, 64)
		if !ok || err != nil {
			return nil, fmt.Errorf("split: found %q, expected NAME=SHARE, for example train=0.8,test=0.2", item)
		}
		parts = append(parts, Part{name, v})
	}
	return parts, checkParts(parts)
}

// Folds is k equal parts named fold1 to foldk, for cross-validation: one of
// them is the test side, the others together the training side.
func Folds(k int) ([]Part, error) {
	if k < 2 || k > 1000 {
		return nil, fmt.Errorf("folds: found %d, expected 2 to 1000", k)
	}
	parts := make([]Part, k)
	for i := range parts {
		parts[i] = Part{"fold" + strconv.Itoa(i+1), 1 / float64(k)}
	}
	return parts, nil
}

func checkParts(parts []Part) error {
	sum := 0.0
	for i, p := range parts {
		switch {
		case !dataset.ValidSplit(p.Name):
			return fmt.Errorf("split: found the name %q, expected letters, digits and underscores", p.Name)
		case !(p.Share > 0 && p.Share <= 1):
			return fmt.Errorf("split: found %s=%v, expected a share above 0 and at most 1", p.Name, p.Share)
		case slices.ContainsFunc(parts[:i], func(q Part) bool { return q.Name == p.Name }):
			return fmt.Errorf("split: found %s twice, expected each name once", p.Name)
		}
		sum += p.Share
	}
	if math.Abs(sum-1) > 1e-6 {
		return fmt.Errorf("split: the shares add up to %v, expected 1", math.Round(sum*1e6)/1e6)
	}
	return nil
}

// Divide divides the articles of a dataset. Shares are of the labelled articles,
// for these are what a side is for; where none has labels, of all. A part that
// gets none of them is an [EmptyPartError], beside the partition. Articles that share a hopper (or the
// hopper that theirs is part of) or are copies of one another stay together,
// for labels of one would tell those of the other; by outlet, the articles of
// an outlet too. It holds the ids in memory and no text. The same articles,
// labels and options give the same parts; the order of the articles does not
// matter.
//
// At random, groups of articles come in the order of a hash of the seed and
// their least doc_id, large groups first, each into the part that lacks most
// articles. By time they come in the order of their latest article and the
// parts are filled one after the other, so that no article of a part is later
// than the latest article of any group in the next; articles without a date
// come first.
func Divide(ds dataset.Dataset, opt Options) (*Partition, error) {
	if err := checkParts(opt.Parts); err != nil {
		return nil, err
	}
	opt.By = cmp.Or(opt.By, ByArticle)
	if !slices.Contains(Ways, opt.By) {
		return nil, fmt.Errorf("split: found %q, expected one of %s", opt.By, strings.Join(Ways, ", "))
	}
	groups, undated, err := splitGroups(ds, opt.By == ByOutlet)
	if err != nil {
		return nil, err
	}
	if len(groups) == 0 {
		return nil, release.ErrNoArticles
	}
	for _, g := range groups {
		g.order = splitHash(opt.Seed, g.docIDs[0])
	}
	p := &Partition{Of: map[string]string{}}
	labelled := 0
	for _, g := range groups {
		labelled += g.labelled
	}
	if labelled == 0 { // all count, then
		for _, g := range groups {
			g.labelled = len(g.docIDs)
			labelled += g.labelled
		}
	}
	for _, part := range opt.Parts {
		p.Parts = append(p.Parts, PartSize{Name: part.Name, Wanted: part.Share * float64(labelled)})
	}
	if opt.By == ByTime {
		p.fillByTime(groups)
	} else {
		p.fillAtRandom(groups, opt.Parts)
	}
	p.note(groups, opt.By, undated)
	return p, p.empty(groups)
}

// empty is an error where a part has no article that counts.
func (p *Partition) empty(groups []*splitGroup) error {
	counted := 0
	for _, g := range groups {
		counted += min(g.labelled, 1)
	}
	for _, s := range p.Parts {
		if s.Labelled == 0 {
			return &EmptyPartError{s.Name, counted}
		}
	}
	return nil
}

// splitHash places a group in the random order: the first 8 bytes of
// SHA-256(seed ‖ doc_id), the seed as 8 bytes, big-endian.
func splitHash(seed uint64, docID string) uint64 {
	sum := sha256.Sum256(append(binary.BigEndian.AppendUint64(nil, seed), docID...))
	return binary.BigEndian.Uint64(sum[:8])
}

// unit is the precision of shares in sums: whole numbers, so that no machine
// rounds them differently.
const unit = 1e9

// wanted is the labelled articles that a part is to have, in units.
func (s *PartSize) wanted() int64 { return int64(math.Round(s.Wanted * unit)) }

func (p *Partition) put(g *splitGroup, part int) {
	p.Parts[part].Articles += len(g.docIDs)
	p.Parts[part].Labelled += g.labelled
	p.Parts[part].Groups++
	for _, id := range g.docIDs {
		p.Of[id] = p.Parts[part].Name
	}
}

func (p *Partition) fillAtRandom(groups []*splitGroup, parts []Part) {
	slices.SortFunc(groups, func(a, b *splitGroup) int {
		return cmp.Or(b.labelled-a.labelled, len(b.docIDs)-len(a.docIDs), cmp.Compare(a.order, b.order), cmp.Compare(a.docIDs[0], b.docIDs[0]))
	})
	unlabelled := slices.IndexFunc(groups, func(g *splitGroup) bool { return g.labelled == 0 })
	if unlabelled < 0 {
		unlabelled = len(groups)
	}
	for _, g := range groups[:unlabelled] {
		p.put(g, p.lacking(func(i int) int64 { return p.Parts[i].wanted() - int64(p.Parts[i].Labelled)*unit }))
	}
	total := 0
	for _, g := range groups {
		total += len(g.docIDs)
	}
	for _, g := range groups[unlabelled:] {
		p.put(g, p.lacking(func(i int) int64 {
			return int64(math.Round(parts[i].Share*float64(total)*unit)) - int64(p.Parts[i].Articles)*unit
		}))
	}
}

// lacking is the first part that lacks most.
func (p *Partition) lacking(lack func(part int) int64) int {
	best, most := 0, int64(math.MinInt64)
	for i := range p.Parts {
		if l := lack(i); l > most {
			best, most = i, l
		}
	}
	return best
}

func (p *Partition) fillByTime(groups []*splitGroup) {
	slices.SortFunc(groups, func(a, b *splitGroup) int {
		return cmp.Or(cmp.Compare(a.latest, b.latest), cmp.Compare(a.order, b.order), cmp.Compare(a.docIDs[0], b.docIDs[0]))
	})
	part, placed, until := 0, int64(0), p.Parts[0].wanted()
	for _, g := range groups {
		size := int64(g.labelled) * unit
		for part < len(p.Parts)-1 && placed+size/2 > until { // more than half of it lies beyond
			part++
			until += p.Parts[part].wanted()
		}
		p.put(g, part)
		placed += size
	}
}

// note says what a reader of the split must know.
func (p *Partition) note(groups []*splitGroup, by string, undated int) {
	largest := slices.MaxFunc(groups, func(a, b *splitGroup) int { return a.labelled - b.labelled })
	for _, s := range p.Parts {
		if off := float64(s.Labelled) - s.Wanted; math.Abs(off) >= 1 {
			p.Notes = append(p.Notes, fmt.Sprintf("%s has %d articles where %.1f were asked for: articles that share a happening, are copies%s stay together, the largest group has %d",
				s.Name, s.Labelled, s.Wanted, map[bool]string{true: " or are of one outlet"}[by == ByOutlet], largest.labelled))
		}
	}
	if by == ByTime && undated > 0 {
		p.Notes = append(p.Notes, fmt.Sprintf("%d articles have no date and count as the earliest", undated))
	}
}
