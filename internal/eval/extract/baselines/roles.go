package baselines

import "sort"

// scene is what the rules see of an article: names and event words in their
// order.
type scene struct {
	tokens   []token
	names    []found
	triggers []trigger
	sentence []int  // of each token
	marks    []mark // of each name
}

// mark is the grammatical marking of a name, as far as one word before it
// shows.
type mark int

const (
	bare    mark = iota // nothing in front: subject, object or genitive
	toward              // إلى ل على ب ضد تجاه نحو: whom it is directed at
	from                // من: source, or whom something is asked of
	with                // مع بين: partner
	within              // في: place
	oblique             // any other preposition
)

// prepositions are folded.
var prepositions = map[string]mark{
	"الي": toward, "علي": toward, "ضد": toward, "تجاه": toward, "نحو": toward, "لدي": toward, "امام": toward,
	"من": from, "مع": with, "بين": with, "في": within, "داخل": within,
	"عن": oblique, "حول": oblique, "بشان": oblique, "عبر": oblique, "خلال": oblique, "بعد": oblique, "قبل": oblique,
	"منذ": oblique, "حسب": oblique, "وفق": oblique, "دون": oblique, "بدون": oblique, "حتي": oblique, "عند": oblique,
}

// prepare finds sentences and marks.
func (s *scene) prepare() {
	s.sentence = make([]int, len(s.tokens))
	n := 0
	for i := range s.tokens {
		if i > 0 && s.tokens[i].gap == gapStop {
			n++
		}
		s.sentence[i] = n
	}
	s.marks = make([]mark, len(s.names))
	for k, f := range s.names {
		s.marks[k] = s.markOf(k, f)
	}
}

func (s *scene) markOf(k int, f found) mark {
	switch {
	case s.joined(k): // a conjunct is marked like the one before it
		return s.marks[k-1]
	case f.prep == 'ك':
		return oblique
	case f.prep != 0:
		return toward
	case f.first == 0 || s.tokens[f.first].gap == gapStop:
		return bare
	}
	word := s.tokens[f.first-1].norm
	if m, ok := prepositions[word]; ok {
		return m
	}
	return prepositions[withoutConjunction(word)] // bare when there is none
}

// joined reports whether name k is coordinated with the one before it: it
// follows at once, with و or ف in front and no preposition of its own.
func (s *scene) joined(k int) bool {
	return k > 0 && s.names[k].conj && s.names[k].prep == 0 && s.names[k-1].last == s.names[k].first-1 &&
		s.tokens[s.names[k].first].gap < gapStop
}

// role is a name in an event.
type role struct {
	role string
	name int
}

// arguments reads the participants of trigger k off the order of the words
// (verb, subject, object; a subject before its verb is allowed for):
//
//   - the nearest unmarked name after a verb, up to the next verb of the
//     dictionary or the end of the sentence, is ACTOR; after a noun it must
//     follow within two words; failing that it is the nearest unmarked name
//     before the trigger in the sentence;
//   - the next name after the trigger that is unmarked or marked as a target
//     is RECIPIENT;
//   - in a CONSULT other than a visit both are ACTOR, and so are the partners
//     marked by مع or بين;
//   - a name after في is LOCATION;
//   - names coordinated with one that has a role have the same role.
func (s *scene) arguments(k int) []role {
	t := s.triggers[k]
	symmetric := t.form.entry.typ == "CONSULT" && t.form.entry.mode != "visit"
	after, before := s.around(k)

	actor := s.actor(t, after, before)
	var list []role
	used := map[int]bool{}
	give := func(r string, n int) {
		for first := true; n < len(s.names) && (first || s.joined(n)); n++ {
			if !used[n] {
				used[n] = true
				list = append(list, role{r, n})
			}
			first = false
		}
	}
	if actor >= 0 {
		give("ACTOR", actor)
	}
	partner := "RECIPIENT"
	if symmetric {
		partner = "ACTOR"
	}
	done := false
	for _, n := range after {
		m := s.marks[n]
		switch {
		case used[n]:
		case m == within:
			give("LOCATION", n)
		case symmetric && m == with:
			give("ACTOR", n)
		case !done && (m == bare || m == toward || m == from || m == with):
			give(partner, n)
			done = true
		}
	}
	return list
}

// actor is the name that leads, -1 for none.
func (s *scene) actor(t trigger, after, before []int) int {
	for _, n := range after {
		if s.marks[n] == bare && (t.form.tense != noun || s.names[n].first-t.last <= 3) {
			return n
		}
	}
	for _, n := range before {
		if s.marks[n] == bare {
			for n > 0 && s.joined(n) { // the first conjunct leads
				n--
			}
			return n
		}
	}
	return -1
}

// window is how far, in words, a participant may be from the event word.
const window = 60

// around gives the names after trigger k up to the next verb, and those before
// it in the sentence, nearest first.
func (s *scene) around(k int) (after, before []int) {
	t := s.triggers[k]
	limit := min(len(s.tokens), t.last+window)
	for _, next := range s.triggers[k+1:] {
		if next.first >= limit {
			break
		}
		if next.form.tense != noun {
			limit = next.first
		}
	}
	here := s.sentence[t.first]
	from := sort.Search(len(s.names), func(n int) bool { return s.names[n].first > t.first })
	for n := from; n < len(s.names) && s.names[n].first < limit && s.sentence[s.names[n].first] == here; n++ {
		after = append(after, n)
	}
	for n := from - 1; n >= 0 && s.names[n].first > t.first-window && s.sentence[s.names[n].first] == here; n-- {
		before = append(before, n)
	}
	return after, before
}
