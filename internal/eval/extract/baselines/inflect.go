package baselines

import "strings"

// Arabic inflection, as far as unvocalised spelling shows it. The functions
// derive too much rather than too little: a form that does not exist is not
// met in a text either.

// objectPronouns are the pronouns that can end a verb or noun, "" included.
var objectPronouns = []string{"", "ه", "ها", "هم", "هما", "هن", "ك", "كم", "نا"}

// withPronouns adds every pronoun to a stem.
func withPronouns(dst []string, stem string) []string {
	for _, p := range objectPronouns {
		dst = append(dst, stem+p)
	}
	return dst
}

// perfectForms are the persons of a perfect, from the third person masculine
// singular: كتب كتبت كتبا كتبوا كتبنا كتبه …; final weak verbs lose or change
// their last letter (التقى التقت التقوا التقاه, دعا دعت دعوا).
func perfectForms(verb string) []string {
	stem, weak := verb, false
	for _, end := range []string{"ى", "ا"} {
		if s, ok := strings.CutSuffix(verb, end); ok {
			stem, weak = s, true
		}
	}
	var forms []string
	forms = append(forms, verb)
	if weak {
		forms = withPronouns(forms, stem+"ا") // دعاه
		forms = append(forms, stem+"يا", stem+"يت", stem+"ينا", stem+"وت", stem+"ونا")
	} else {
		forms = withPronouns(forms, stem)
		forms = append(forms, stem+"ا")
		// The middle weak letter is short before a consonant: زار, زرت.
		if r := []rune(stem); len(r) >= 3 && r[len(r)-2] == 'ا' {
			short := string(r[:len(r)-2]) + string(r[len(r)-1])
			forms = append(forms, short+"ت", short+"نا")
		}
	}
	forms = withPronouns(forms, stem+"ت")
	forms = append(forms, stem+"وا", stem+"تا", stem+"ن")
	for _, p := range objectPronouns[1:] {
		forms = append(forms, stem+"و"+p)
	}
	return forms
}

// imperfectForms are the persons and moods of an imperfect, from the third
// person masculine singular: يكتب تكتب نكتب أكتب, يكتبون يكتبوا يكتبان ….
func imperfectForms(verb string) []string {
	body := strings.TrimPrefix(verb, "ي")
	bodies := withPronouns(nil, body)
	stem := body
	if s, ok := cutWeak(body); ok {
		stem = s
		bodies = append(bodies, stem) // jussive يلتق
		bodies = append(bodies, stem+"يان", stem+"وان")
	} else if r := []rune(body); len(r) >= 3 && strings.ContainsRune("ويا", r[len(r)-2]) {
		bodies = append(bodies, string(r[:len(r)-2])+string(r[len(r)-1])) // jussive يزر
	}
	bodies = withPronouns(bodies, stem+"ون")
	for _, end := range []string{"وا", "ان", "ا", "ن", "ين"} {
		bodies = append(bodies, stem+end)
	}
	var forms []string
	for _, b := range bodies {
		for _, prefix := range []string{"ي", "ت", "ن", "أ"} {
			forms = append(forms, prefix+b)
		}
	}
	return forms
}

func cutWeak(s string) (string, bool) {
	for _, end := range []string{"و", "ي", "ى", "ئ"} {
		if stem, ok := strings.CutSuffix(s, end); ok {
			return stem, true
		}
	}
	return s, false
}

// nounForms are the numbers and possessives of a noun: لقاء لقاؤه لقاءات
// لقاءين لقاءهما …; ta marbuta opens before an ending (مكالمة مكالمتهما
// مكالمات).
func nounForms(word string) []string {
	forms := []string{word}
	stem, feminine := strings.CutSuffix(word, "ة")
	switch {
	case feminine:
		forms = withPronouns(forms, stem+"ت")
		forms = append(forms, stem+"تان", stem+"تين", stem+"تا", stem+"تي")
	case strings.HasSuffix(word, "ء"):
		open := strings.TrimSuffix(word, "ء")
		for _, seat := range []string{"ء", "ؤ", "ئ"} {
			forms = withPronouns(forms, open+seat)
		}
		forms = append(forms, word+"ان", word+"ين", word+"ا", open+"ئين")
	default:
		forms = withPronouns(forms, word)
		forms = append(forms, word+"ان", word+"ين", word+"ا", word+"ي")
	}
	if !strings.HasSuffix(word, "ات") {
		forms = withPronouns(forms, stem+"ات")
	}
	return forms
}

// agrees reports whether a folded word of a text is the wanted one of a
// phrase, whatever its article, case and agreement.
func agrees(word, want string) bool {
	if word == want {
		return true
	}
	bare := strings.TrimPrefix(word, "ال")
	wanted := strings.TrimPrefix(want, "ال")
	if bare == wanted {
		return true
	}
	stem := strings.TrimSuffix(wanted, "ه")
	end, ok := strings.CutPrefix(bare, stem)
	if !ok {
		return false
	}
	switch end {
	case "", "ه", "ا", "ات", "ين", "ان", "يه":
		return true
	}
	return false
}
