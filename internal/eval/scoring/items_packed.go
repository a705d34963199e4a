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
	plain    []map[string]int32 // numbers of labels that are a metric and a class alone
	articles []packedArticle
	found    []foundItem // of the article at hand
}

func newPackedItems() packedItems {
	p := packedItems{numbers: map[itemLabel]int32{}}
	for range itemMetrics {
		p.plain = append(p.plain, map[string]int32{})
	}
	return p
}

// itemLabel is what items have in common with many others; place is set only for
// one with fragments, surface only for one without a span.
type itemLabel struct {
	metric         int
	place          place.Place
	class, surface string
}

type packedArticle struct {
	docID string
	items []packedItem // in the order of [itemAt.compare]
	texts []string     // of the items; nil where they are not listed
}

// itemAt is what items must agree on to be the same.
type itemAt struct {
	span  schema.Span
	label int32 // position in packedItems.labels
}

func (a itemAt) compare(b itemAt) int {
	return cmp.Or(a.span.Compare(b.span), cmp.Compare(a.label, b.label))
}

type packedItem struct {
	itemAt
	gold, pred int32
}

type foundItem struct {
	packedItem
	text string
}

// at is where an item stands, under the number of its label.
func (p *packedItems) at(metric int, it *labelledItem) itemAt {
	plain := it.Whole() && it.Valid()
	if plain {
		if n, ok := p.plain[metric][it.class]; ok {
			return itemAt{it.Span, n}
		}
	}
	l := itemLabel{metric: metric, class: it.class}
	if !it.Whole() {
		l.place = it.Place
	}
	if !it.Valid() {
		l.surface = it.text
	}
	n := p.number(l)
	if plain {
		p.plain[metric][p.labels[n].class] = n
	}
	return itemAt{it.Span, n}
}

// number is the label's number, a new one where it was not met before.
func (p *packedItems) number(l itemLabel) int32 {
	n, ok := p.numbers[l]
	if !ok {
		n = int32(len(p.labels))
		l.class, l.surface = strings.Clone(l.class), strings.Clone(l.surface) // copies that hold on to no page of a file
		p.labels, p.numbers[l] = append(p.labels, l), n
	}
	return n
}

// pack adds an article of the items found. The text of equal ones is that of the
// last in gold, else of the first predicted that has any.
func (p *packedItems) pack(docID string, texts bool) {
	slices.SortStableFunc(p.found, func(a, b foundItem) int { return a.compare(b.itemAt) })
	n := 0
	for _, f := range p.found {
		if n == 0 || p.found[n-1].itemAt != f.itemAt {
			p.found[n] = f
			n++
			continue
		}
		last := &p.found[n-1]
		last.gold, last.pred = last.gold+f.gold, last.pred+f.pred
		if f.gold > 0 || last.text == "" {
			last.text = f.text
		}
	}
	a := packedArticle{docID: strings.Clone(docID), items: make([]packedItem, n)}
	for i, f := range p.found[:n] {
		a.items[i] = f.packedItem
		if texts {
			a.texts = append(a.texts, strings.Clone(f.text))
		}
	}
	p.articles = append(p.articles, a)
}

// sorted are the articles in the order of doc_id.
func (p *packedItems) sorted() []packedArticle {
	return slices.SortedFunc(slices.Values(p.articles), func(x, y packedArticle) int { return cmp.Compare(x.docID, y.docID) })
}

// renumbered is the article with its labels under other numbers, in their order.
func (a packedArticle) renumbered(numbers []int32) packedArticle {
	found := make([]foundItem, len(a.items))
	for k, it := range a.items {
		it.label = numbers[it.label]
		found[k].packedItem = it
		if a.texts != nil {
			found[k].text = a.texts[k]
		}
	}
	slices.SortFunc(found, func(x, y foundItem) int { return x.compare(y.itemAt) })
	out := packedArticle{docID: a.docID}
	for _, f := range found {
		out.items, out.texts = append(out.items, f.packedItem), append(out.texts, f.text)
	}
	return out
}

// itemPair is one item's counts in two systems, 0 where a system has none.
type itemPair struct {
	itemAt
	was, is packedItem
	text    string
}

// each calls f with the items of every article that either of two systems has,
// in the order of doc_id. The pairs are valid until the next call.
func (p *packedItems) each(q *packedItems, f func(docID string, pairs []itemPair)) {
	was, is := p.sorted(), q.sorted()
	numbers, same := make([]int32, len(q.labels)), true
	for i, l := range q.labels {
		numbers[i] = p.number(l)
		same = same && numbers[i] == int32(i)
	}
	var pairs []itemPair
	for len(was) > 0 || len(is) > 0 {
		order := -1
		switch {
		case len(was) == 0:
			order = 1
		case len(is) > 0:
			order = cmp.Compare(was[0].docID, is[0].docID)
		}
		var a, b packedArticle
		if order <= 0 {
			a, was = was[0], was[1:]
		}
		if order >= 0 {
			b, is = is[0], is[1:]
			if !same {
				b = b.renumbered(numbers)
			}
		}
		pairs = pairItems(pairs[:0], &a, &b)
		f(cmp.Or(a.docID, b.docID), pairs)
	}
}

// pairItems merges the items of one article in two systems.
func pairItems(to []itemPair, a, b *packedArticle) []itemPair {
	text := func(x *packedArticle, i int) string {
		if x.texts == nil {
			return ""
		}
		return x.texts[i]
	}
	for i, j := 0, 0; i < len(a.items) || j < len(b.items); {
		order := -1
		switch {
		case i == len(a.items):
			order = 1
		case j < len(b.items):
			order = a.items[i].compare(b.items[j].itemAt)
		}
		var p itemPair
		if order >= 0 {
			p.itemAt, p.is, p.text = b.items[j].itemAt, b.items[j], text(b, j)
			j++
		}
		if order <= 0 {
			p.itemAt, p.was, p.text = a.items[i].itemAt, a.items[i], cmp.Or(text(a, i), p.text)
			i++
		}
		to = append(to, p)
	}
	return to
}
