package boilerplate

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mizan-corpus/mizan/internal/data/fold"
)

// openByline are words that open a byline without a colon, strictByline those that
// open other lines as often, and wroteByline verbs that a sentence may begin with.
var (
	openByline   = FoldedList("بقلم", "كتب", "كتبت", "إعداد", "by", "written by", "par")
	strictByline = FoldedList("von", "por", "di", "door", "به قلم", "מאת", "words by", "story by", "text by", "report by", "reported by")
	wroteByline  = FoldedList("كتب", "كتبت", "إعداد")
)

// byline reads "By Jane Doe" and "كتب - محمد أحمد": at most six words after
// the opening one, and a name of two words at least, in capitals where the
// script has them.
func byline(s string) []labelled {
	words := strings.Fields(s)
	if len(words) > 7 || EndsStop(s) {
		return nil
	}
	for n := 1; n <= 2 && n < len(words); n++ {
		opener := fold.Phrase(strings.Join(words[:n], " "))
		if !openByline[opener] && !strictByline[opener] {
			continue
		}
		name := trimValue(strings.Join(words[n:], " "))
		if strictByline[opener] && !isNames(name) {
			continue
		}
		r, _ := utf8.DecodeRuneInString(name)
		if unicode.IsLetter(r) && !unicode.IsLower(r) && strings.Contains(name, " ") && beginsName(name) {
			return []labelled{{LabelAuthor, name}}
		}
	}
	return nil
}

// NamesAuthor reports whether a line is a byline and nothing else could be: a
// label or preposition, and names of persons.
func (l *Line) NamesAuthor() bool {
	if l.Class != ClassMeta {
		return false
	}
	f := Labels(l.Text)
	if len(f) != 1 || f[0].Kind != LabelAuthor || !isNames(f[0].Value) {
		return false
	}
	_, _, colon := cutColon(l.Text)
	first, _, _ := strings.Cut(l.Folded, " ")
	return colon || !wroteByline[first]
}

// noName are words after "by" that begin no name: by Friday, by the sea. Of
// those in givenNames a name may consist that goes on in capitals: May Ziade.
var noName = wordSet(`the then now this that these those all
monday tuesday wednesday thursday friday saturday sunday
january february march april may june july august september october november december`)

var givenNames = wordSet("april may june august")

// inNoName are words that stand in no name.
var inNoName = wordSet(`the a an of in on at to was were is are had has from with night morning evening dawn dusk
على في من إلى عن أن مع هذا هذه الذي التي كان كانت قد لم`)

// beginsName reports whether s, of two words or more, may be a name by its first.
func beginsName(s string) bool {
	words := strings.Fields(s)
	first := fold.Phrase(words[0])
	r, _ := utf8.DecodeRuneInString(words[1])
	return !noName[first] || givenNames[first] && unicode.IsUpper(r)
}

// nameParticles are the small words inside names, nameJoins those between two.
var (
	nameParticles = wordSet("van der den de del della di da dos do la le von zu ter ten bin ibn al el abu ben bar")
	nameJoins     = wordSet("and und y e et ve en и & و")
)

// isNames reports whether s is the names of persons, each of two to four words
// in capitals where the script has them, and a place behind a comma.
func isNames(s string) bool {
	s = strings.NewReplacer(",", " , ", "،", " , ").Replace(withoutPlace(s))
	words, persons := 0, 0
	ends := func() bool {
		ok := 2 <= words && words <= 4
		words, persons = 0, persons+1
		return ok
	}
	for w := range strings.FieldsSeq(s) {
		folded := fold.Word(w)
		r, _ := utf8.DecodeRuneInString(w)
		switch {
		case w == "," || nameJoins[folded] && words > 0:
			if !ends() {
				return false
			}
		case nameParticles[folded]:
		case noName[folded] && !givenNames[folded] || inNoName[folded] || !unicode.IsLetter(r) || unicode.IsLower(r):
			return false
		default:
			words++
		}
	}
	return ends() && persons <= 4
}

// withoutPlace is a printed byline without the place behind it: one word behind
// a comma, or "in" and a word or two.
func withoutPlace(s string) string {
	if at := strings.LastIndexAny(s, ",،"); at > 0 {
		_, size := utf8.DecodeRuneInString(s[at:])
		head, tail := strings.TrimSpace(s[:at]), strings.Fields(s[at+size:])
		if len(tail) == 1 && strings.Contains(head, " ") && (tail[0] != strings.ToUpper(tail[0]) || tail[0] == strings.ToLower(tail[0])) {
			return head // no degree or agency
		}
	}
	if head, tail, ok := strings.Cut(s, " in "); ok && strings.Contains(head, " ") && len(strings.Fields(tail)) <= 2 {
		return head
	}
	return s
}
