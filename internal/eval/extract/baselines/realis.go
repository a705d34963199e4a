package baselines

import (
	"slices"
	"strings"
)

// Words before an event word that say whether it happens, all folded.
var (
	negations = words("لم", "لن", "لا", "ليس", "ليست", "ما", "عدم", "دون", "بدون", "غير")
	futures   = words("سوف", "لن", "سيتم", "ستتم", "يعتزم", "تعتزم", "ينوي", "تنوي", "سيجري", "ستجري", "قريبا")
	possibles = words("ان", "لو", "اذا", "ربما", "يمكن", "يجب", "ينبغي", "ضروره", "اهميه", "امكانيه", "احتمال",
		"لعل", "قد", "كي", "لكي", "بهدف", "بغيه", "اقتراح", "مقترح", "امكان", "وجوب", "حال")
	nextTime = words("المقبل", "المقبله", "القادم", "القادمه", "المرتقب", "المرتقبه", "المزمع", "المقرر", "المقرره", "غدا")
)

func words(list ...string) map[string]bool {
	set := make(map[string]bool, len(list))
	for _, w := range list {
		set[w] = true
	}
	return set
}

// realisOf reads realis and auxiliaries off particles: up to two words before
// a verb (لم، لن، لا، سوف، قد with an imperfect, أن), the word before a noun
// (عدم، ضرورة), the future prefix, the purpose particle ل, and a word for
// "next" up to three words behind a noun. Everything else is actual.
func realisOf(tokens []token, t trigger) (string, []string) {
	var negated, future, possible bool
	reach := 2
	if t.form.tense == noun {
		reach = 1
	}
	for i := t.first; i > 0 && i > t.first-reach && tokens[i].gap < gapComma; i-- {
		word := tokens[i-1].norm
		for _, w := range []string{word, withoutConjunction(word)} {
			negated = negated || negations[w] && !(w == "ما" && t.form.tense == imperfect)
			future = future || futures[w]
			// قد before a perfect affirms, and after أن a perfect does not occur.
			possible = possible || possibles[w] && !(t.form.tense == perfect && (w == "قد" || w == "ان"))
		}
	}
	switch t.form.tense {
	case imperfect:
		future = future || t.form.future
		possible = possible || t.prep == 'ل'
	case noun:
		for i := t.last + 1; i < min(len(tokens), t.last+4) && tokens[i].gap < gapComma; i++ {
			future = future || nextTime[tokens[i].norm]
		}
	}
	var aux []string
	if future {
		aux = append(aux, "future")
	}
	if possible {
		aux = append(aux, "hypothetical")
	}
	if negated {
		aux = append(aux, "negation")
	}
	slices.Sort(aux)
	if len(aux) > 0 {
		return "other", aux
	}
	return "actual", nil
}

// withoutConjunction is a particle without و or ف in front.
func withoutConjunction(word string) string {
	for _, c := range []string{"و", "ف"} {
		if rest, ok := strings.CutPrefix(word, c); ok && len([]rune(rest)) > 1 {
			return rest
		}
	}
	return word
}
