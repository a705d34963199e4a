package baselines

import (
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/eval/extract"
	"github.com/mizan-corpus/mizan/schema"
)

// nameTrie holds names as sequences of folded words. Looking a text up costs
// one step a word and longest name at most. It is read-only once built.
type nameTrie struct {
	words  map[string]int32
	edges  map[trieEdge]int32
	nodes  []trieNode // nodes[0] is the root
	listed string     // SHA-256 of the names that came from lists, "" for none
}

type trieEdge struct{ node, word int32 }

// trieNode is the end of a name when it has votes.
type trieNode struct {
	votes []vote // by meaning
}

// vote counts how often a name was labelled with a meaning.
type vote struct {
	meaning meaning
	total   int
	byDoc   map[string]int
}

func newNameTrie() *nameTrie {
	return &nameTrie{words: map[string]int32{}, edges: map[trieEdge]int32{}, nodes: make([]trieNode, 1)}
}

// len is the number of distinct words in names.
func (t *nameTrie) len() int { return len(t.words) }

// step follows one word.
func (t *nameTrie) step(node int32, word string) (int32, bool) {
	w, ok := t.words[word]
	if !ok {
		return 0, false
	}
	next, ok := t.edges[trieEdge{node, w}]
	return next, ok
}

// addAnnotation adds the names labelled in one article: of every mention that
// is a name of something that can act, the whole extent and the head.
func (t *nameTrie) addAnnotation(a *schema.Annotation, o *schema.Ontology) {
	for i := range a.Mentions {
		m := &a.Mentions[i]
		if mt := o.MentionType(m.Type); m.Level != "NAM" || mt == nil || !mt.Actor {
			continue
		}
		means := meaning{typ: m.Type, actor: m.ActorID, metonym: m.Metonym, head: headTokens{0, -1, 0}}
		text := []rune(m.Text)
		from, to := int(m.Head.Start-m.Span.Start), int(m.Head.End-m.Span.Start)
		if !m.Head.IsSet() || !m.Span.IsSet() || from < 0 || to > len(text) || from >= to {
			t.add(tokenize(m.Text), means, a.DocID)
			continue
		}
		t.add(tokenize(m.Text), means.withHead(tokenize(m.Text), int32(from), int32(to)), a.DocID)
		if to-from < len(text) {
			head := tokenize(string(text[from:to]))
			t.add(head, means.withHead(head, 0, int32(to-from)), a.DocID)
		}
	}
}

// withHead sets the head, given in code points from the name's beginning.
func (m meaning) withHead(tokens []token, from, to int32) meaning {
	m.head = headTokens{0, -1, 0}
	for i := range tokens {
		t := &tokens[i]
		if t.end <= from || t.start >= to {
			continue
		}
		if m.head.last < 0 {
			m.head.first = i
			m.head.strip = max(0, slices.Index(t.starts[:], from))
		}
		m.head.last = i
	}
	return m
}

// addName adds a name of a list, which belongs to no article.
func (t *nameTrie) addName(n extract.LookupName) {
	typ := n.Type
	if typ == "" {
		typ = "GPE"
	}
	tokens := tokenize(n.Name)
	t.add(tokens, meaning{typ: typ, actor: n.ActorID, head: headTokens{0, len(tokens) - 1, 0}}, "")
}

// add counts one labelling of a name. A name labelled inside لل has lost the
// alef of its article ("لكرملين"): it is added with it as well.
func (t *nameTrie) add(tokens []token, m meaning, docID string) {
	if len(tokens) == 0 {
		return
	}
	t.insert(tokens[0].norm, tokens[1:], m, docID)
	if rest, ok := strings.CutPrefix(tokens[0].norm, "ل"); ok && len([]rune(rest)) >= minStem {
		t.insert("ال"+rest, tokens[1:], m, docID)
	}
}

func (t *nameTrie) insert(first string, rest []token, m meaning, docID string) {
	node := t.child(0, first)
	for i := range rest {
		node = t.child(node, rest[i].norm)
	}
	votes := &t.nodes[node].votes
	i, has := slices.BinarySearchFunc(*votes, m, func(v vote, m meaning) int { return compareMeanings(v.meaning, m) })
	if !has {
		*votes = slices.Insert(*votes, i, vote{meaning: m, byDoc: map[string]int{}})
	}
	(*votes)[i].total++
	(*votes)[i].byDoc[docID]++
}

func (t *nameTrie) child(node int32, word string) int32 {
	w, ok := t.words[word]
	if !ok {
		w = int32(len(t.words))
		t.words[strings.Clone(word)] = w
	}
	next, ok := t.edges[trieEdge{node, w}]
	if !ok {
		next = int32(len(t.nodes))
		t.nodes = append(t.nodes, trieNode{})
		t.edges[trieEdge{node, w}] = next
	}
	return next
}

// majority is the meaning with most votes outside docID; among equals the
// first in order. It reports false when no other article has the name.
func (n *trieNode) majority(docID string) (meaning, bool) {
	best, at := 0, -1
	for i := range n.votes {
		count := n.votes[i].total
		if docID != "" {
			count -= n.votes[i].byDoc[docID]
		}
		if count > best {
			best, at = count, i
		}
	}
	if at < 0 {
		return meaning{}, false
	}
	return n.votes[at].meaning, true
}
