package scoring

import (
	"cmp"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/eval/place"
	"github.com/mizan-corpus/mizan/schema"
)

// packedItems keeps the counts of items article by article, 20 bytes each: a
// comparison of large corpora holds those of every system.
type packedItems struct {
	labels   []itemLabel
	numbers  map[itemLabel]int32
	articles []packedArticle
}

// itemLabel is what items have in common with many others; place is set only for
// one with fragments.
type itemLabel struct {
	metric         int
	place          place.Place
	class, surface string
}

type packedArticle struct {
	docID string
	items []packedItem
	texts []string // of the items; nil where they are not listed
}

type packedItem struct {
	span       schema.Span
	label      int32
	gold, pred int32
}

// pack adds an article.
func (p *packedItems) pack(docID string, counts map[itemKey]itemCount, texts bool) {
	a := packedArticle{docID: strings.Clone(docID), items: make([]packedItem, 0, len(counts))}
	for k, c := range counts {
		l := itemLabel{metric: k.metric, class: k.class, surface: k.surface}
		if !k.place.Whole() {
			l.place = k.place
		}
		n, ok := p.numbers[l]
		if !ok {
			n = int32(len(p.labels))
			l.class, l.surface = strings.Clone(l.class), strings.Clone(l.surface) // copies that hold on to no page of a file
			p.labels, p.numbers[l] = append(p.labels, l), n
		}
		a.items = append(a.items, packedItem{k.place.Span, n, int32(c.gold), int32(c.pred)})
		if texts {
			a.texts = append(a.texts, strings.Clone(c.text))
		}
	}
	p.articles = append(p.articles, a)
}

// unpack is what pack was given of an article.
func (p *packedItems) unpack(a *packedArticle) map[itemKey]itemCount {
	counts := make(map[itemKey]itemCount, len(a.items))
	for i, it := range a.items {
		l := &p.labels[it.label]
		k := itemKey{metric: l.metric, place: l.place, class: l.class, surface: l.surface}
		if l.place.Whole() {
			k.place = place.Place{Span: it.span}
		}
		c := itemCount{gold: int(it.gold), pred: int(it.pred)}
		if a.texts != nil {
			c.text = a.texts[i]
		}
		counts[k] = c
	}
	return counts
}

// each calls f with the counts of two systems in every article that either has,
// in the order of doc_id.
func (p *packedItems) each(q *packedItems, f func(docID string, a, b map[itemKey]itemCount)) {
	byID := func(x, y packedArticle) int { return cmp.Compare(x.docID, y.docID) }
	slices.SortFunc(p.articles, byID)
	slices.SortFunc(q.articles, byID)
	for i, j := 0, 0; i < len(p.articles) || j < len(q.articles); {
		order := -1
		switch {
		case i == len(p.articles):
			order = 1
		case j < len(q.articles):
			order = byID(p.articles[i], q.articles[j])
		}
		var a, b map[itemKey]itemCount
		docID := ""
		if order <= 0 {
			docID, a = p.articles[i].docID, p.unpack(&p.articles[i])
			i++
		}
		if order >= 0 {
			docID, b = q.articles[j].docID, q.unpack(&q.articles[j])
			j++
		}
		f(docID, a, b)
	}
}
