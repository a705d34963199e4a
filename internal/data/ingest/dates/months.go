package dates

import (
	"strings"

	"github.com/mizan-corpus/mizan/internal/data/fold"
)

// monthNames lists every accepted name of the twelve months, in the forms
// that news sites print. Names are compared after Word, so that أيلول,
// ايلول and أَيْلُول are one. A name of two words has one space.
var monthNames = [12][]string{
	{"كانون الثاني", "كانون ثاني", "كانون ثان", "يناير", "جانفي", "ينار", "january", "jan", "janvier", "janv"},
	{"شباط", "فبراير", "فيفري", "february", "feb", "février", "fevrier", "févr"},
	{"آذار", "مارس", "march", "mar", "mars"},
	{"نيسان", "أبريل", "إبريل", "أفريل", "april", "apr", "avril", "avr"},
	{"أيار", "نوار", "مايو", "ماي", "may", "mai"},
	{"حزيران", "يونيو", "يونيه", "يونية", "جوان", "june", "jun", "juin"},
	{"تموز", "يوليو", "يوليه", "يولية", "يوليوز", "جويلية", "july", "jul", "juillet", "juil"},
	{"آب", "أغسطس", "غشت", "أوت", "august", "aug", "août", "aout"},
	{"أيلول", "سبتمبر", "شتنبر", "september", "sep", "sept", "septembre"},
	{"تشرين الأول", "تشرين أول", "أكتوبر", "october", "oct", "octobre"},
	{"تشرين الثاني", "تشرين ثاني", "تشرين ثان", "نوفمبر", "نونبر", "november", "nov", "novembre"},
	{"كانون الأول", "كانون أول", "ديسمبر", "دجنبر", "دسمبر", "december", "dec", "décembre", "decembre", "déc"},
}

// monthOf is the month 1–12 of a folded name.
var monthOf = func() map[string]int {
	m := map[string]int{}
	for i, names := range monthNames {
		for _, n := range names {
			m[fold.Word(n)] = i + 1
		}
	}
	return m
}()

// monthBegins holds the first words of months' names of two words.
var monthBegins = func() map[string]bool {
	m := map[string]bool{}
	for name := range monthOf {
		if first, _, two := strings.Cut(name, " "); two {
			m[first] = true
		}
	}
	return m
}()
