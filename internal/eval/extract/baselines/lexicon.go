package baselines

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
)

//go:embed lexicon_ar.txt
var lexiconText string

// entry is one line of the lexicon.
type entry struct {
	line  int
	typ   string
	mode  string // "" for none
	cameo string
	verb  bool
	forms []string // as written
	gloss string
}

// tense of a verb form, or noun.
type tense int

const (
	noun tense = iota
	perfect
	imperfect
)

// lexForm is one way an entry can begin: its inflected first word is the key.
type lexForm struct {
	entry  *entry
	tense  tense
	future bool     // the word begins with the future prefix س
	tail   []string // folded words that must follow
	joint  int      // how many of them are part of the trigger
}

// lexicon finds the entries that a word can begin.
type lexicon struct {
	entries []*entry
	byWord  map[string][]lexForm
}

// arabicLexicon is the embedded lexicon, read once; a test covers it.
var arabicLexicon = sync.OnceValues(func() (*lexicon, error) {
	return parseLexicon(lexiconText, "lexicon_ar.txt")
})

// parseLexicon reads a lexicon; lexicon_ar.txt describes the format.
func parseLexicon(text, name string) (*lexicon, error) {
	lex := &lexicon{byWord: map[string][]lexForm{}}
	n := 0
	for line := range strings.SplitSeq(text, "\n") {
		n++
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		e, err := parseEntry(line)
		if err == nil {
			e.line = n
			err = lex.add(e)
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, n, err)
		}
	}
	return lex, nil
}

func parseEntry(line string) (*entry, error) {
	fields := strings.Split(line, "|")
	if len(fields) != 3 {
		return nil, fmt.Errorf("found %d fields, expected CODES | FORMS | gloss", len(fields))
	}
	codes := strings.Fields(fields[0])
	if len(codes) != 4 {
		return nil, fmt.Errorf("found %q, expected TYPE MODE CAMEO KIND", strings.TrimSpace(fields[0]))
	}
	e := &entry{typ: codes[0], mode: codes[1], cameo: codes[2], gloss: strings.TrimSpace(fields[2])}
	if e.mode == "-" {
		e.mode = ""
	}
	switch codes[3] {
	case "verb":
		e.verb = true
	case "noun":
	default:
		return nil, fmt.Errorf("kind %q, expected verb or noun", codes[3])
	}
	for form := range strings.SplitSeq(fields[1], ",") {
		if form = strings.TrimSpace(form); form == "" {
			return nil, fmt.Errorf("an empty form")
		}
		e.forms = append(e.forms, form)
	}
	return e, nil
}

// add derives the inflected forms of an entry.
func (lex *lexicon) add(e *entry) error {
	lex.entries = append(lex.entries, e)
	for _, form := range e.forms {
		words := strings.Fields(form)
		joined := strings.Split(words[0], "+")
		f := lexForm{entry: e, joint: len(joined) - 1}
		for _, w := range append(joined[1:], words[1:]...) {
			f.tail = append(f.tail, foldString(w))
		}
		if !e.verb {
			lex.put(nounForms(joined[0]), f, noun)
			continue
		}
		past, present, ok := strings.Cut(words[0], "/")
		if !ok || f.joint > 0 || !strings.HasPrefix(present, "ي") || len([]rune(past)) < 2 || len([]rune(present)) < 3 {
			return fmt.Errorf("verb %q, expected PERFECT/IMPERFECT", words[0])
		}
		lex.put(perfectForms(past), f, perfect)
		all := imperfectForms(present)
		lex.put(all, f, imperfect)
		f.future = true
		for i := range all {
			all[i] = "س" + all[i]
		}
		lex.put(all, f, imperfect)
	}
	return nil
}

func (lex *lexicon) put(words []string, f lexForm, t tense) {
	f.tense = t
	seen := map[string]bool{}
	for _, w := range words {
		if w = foldString(w); !seen[w] {
			seen[w] = true
			lex.byWord[w] = append(lex.byWord[w], f)
		}
	}
}
