package baselines

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"

	"github.com/mizan-corpus/mizan/internal/eval/extract"
	"github.com/mizan-corpus/mizan/internal/ontology"
	"github.com/mizan-corpus/mizan/schema"
)

func init() {
	extract.RegisterBuiltin(extract.Builtin{
		Name:    "lookup",
		Summary: "actor names labelled in the other articles, or of a list (?names=FILE), longest match",
		New: func(spec string, params map[string]string, opt extract.Options) (extract.Extractor, error) {
			if err := checkParams(spec, params, "names"); err != nil {
				return nil, err
			}
			names, err := namesFor(params, opt)
			if err != nil {
				return nil, err
			}
			if names.len() == 0 {
				return nil, &extract.SpecError{Spec: spec, What: "no names to look up",
					Advice: "give labelled articles, or a list of names with " + spec + "?names=FILE"}
			}
			return &lookup{spec, names}, nil
		},
	})
}

// namesFor collects the names that the options and ?names=FILE give.
func namesFor(params map[string]string, opt extract.Options) (*nameTrie, error) {
	trie := newNameTrie()
	o := ontology.Or(opt.Ontology)
	for _, a := range opt.Gold {
		trie.addAnnotation(a, o)
	}
	list := opt.Names
	if file := params["names"]; file != "" {
		more, err := ReadNamesFile(file, o)
		if err != nil {
			return nil, err
		}
		list = append(list[:len(list):len(list)], more...)
	}
	hash := sha256.New()
	for _, n := range list {
		trie.addName(n)
		fmt.Fprintf(hash, "%q %q %q\n", n.Name, n.Type, n.ActorID)
	}
	if len(list) > 0 {
		trie.listed = hex.EncodeToString(hash.Sum(nil))
	}
	return trie, nil
}

// lookup finds names of a list in an article: the baseline that any extractor
// should beat. It marks the longest name at each place, from left to right,
// without overlap.
type lookup struct {
	name  string
	names *nameTrie
}

func (x *lookup) Name() string { return x.name }

// Settings tell lists of names apart; the labelled names are the dataset's.
func (x *lookup) Settings() map[string]string { return x.names.settings() }

func (t *nameTrie) settings() map[string]string {
	if t.listed == "" {
		return nil
	}
	return map[string]string{"names_sha256": t.listed}
}

// Extract marks the names as mentions. Names that were labelled in a itself
// only are not known to it: the article is left out of its own name list, and
// the type and actor of a name are those it has most often in the others.
func (x *lookup) Extract(_ context.Context, a *schema.Article) (*schema.Annotation, error) {
	runes := []rune(a.Text)
	found := x.names.find(a.DocID, tokenize(a.Text))
	out := &schema.Annotation{DocID: a.DocID, Mentions: make([]schema.Mention, 0, len(found))}
	for i, f := range found {
		out.Mentions = append(out.Mentions, f.mention(i, runes))
	}
	return out, nil
}

// found is a name found in a text.
type found struct {
	first, last int // tokens, inclusive
	span, head  schema.Span
	meaning     meaning
	conj        bool // و or ف was in front
	prep        rune // ب ل ك in front, 0 for none
}

func (f *found) mention(i int, runes []rune) schema.Mention {
	return schema.Mention{
		ID: "m" + strconv.Itoa(i+1), Span: f.span, Text: string(runes[f.span.Start:f.span.End]), Head: f.head,
		Type: f.meaning.typ, Level: "NAM", ActorID: f.meaning.actor, Metonym: f.meaning.metonym,
	}
}

// find looks the tokens up, leaving out what only the article docID gives.
func (t *nameTrie) find(docID string, tokens []token) []found {
	var list []found
	var buf [12]reading
	for i := 0; i < len(tokens); i++ {
		var best found
		best.last = -1
		for _, r := range tokens[i].readings(buf[:0]) {
			if f, ok := t.longest(docID, tokens, i, r); ok && f.last > best.last {
				best = f
			}
		}
		if best.last >= 0 {
			list = append(list, best)
			i = best.last
		}
	}
	return list
}

// longest is the longest name that begins at token i, read as r.
func (t *nameTrie) longest(docID string, tokens []token, i int, r reading) (f found, ok bool) {
	node, known := t.step(0, r.norm)
	for j := i; known; {
		if m, has := t.nodes[node].majority(docID); has {
			ok = true
			f = found{first: i, last: j, meaning: m, conj: r.conj, prep: r.prep,
				span: schema.Span{Start: tokens[i].starts[r.strip], End: tokens[j].end}}
		}
		if j++; j == len(tokens) || tokens[j].gap > gapComma {
			break
		}
		node, known = t.step(node, tokens[j].norm)
	}
	if ok {
		f.head = f.span
		h := f.meaning.head
		if h.last >= h.first && i+h.last <= f.last {
			if h.first > 0 {
				f.head.Start = tokens[i+h.first].starts[h.strip]
			}
			f.head.End = tokens[i+h.last].end
		}
	}
	return f, ok
}

// meaning is what a name stands for.
type meaning struct {
	typ     string
	actor   string
	metonym bool
	head    headTokens
}

// headTokens is a name's head as tokens of the name; strip letters of the
// first one are proclitics. last is -1 where the whole name is the head.
type headTokens struct{ first, last, strip int }

func compareMeanings(a, b meaning) int {
	return cmp.Or(cmp.Compare(a.typ, b.typ), cmp.Compare(a.actor, b.actor), cmp.Compare(strconv.FormatBool(a.metonym), strconv.FormatBool(b.metonym)),
		cmp.Compare(a.head.first, b.head.first), cmp.Compare(a.head.last, b.head.last), cmp.Compare(a.head.strip, b.head.strip))
}
