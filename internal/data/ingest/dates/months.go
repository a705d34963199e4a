package dates

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mizan-corpus/mizan/internal/data/fold"
)

// monthNames lists every accepted name of the twelve months, in the forms
// that news sites print. Names are compared after Word, so that أيلول,
// ايلول and أَيْلُول are one. A name of two words has one space.
var monthNames = [12][]string{
	{"كانون الثاني", "كانون ثاني", "كانون ثان", "يناير", "جانفي", "ينار", "january", "jan", "janvier", "janv", "januar", "jänner", "enero", "ene", "ocak", "oca", "января", "январь", "gennaio", "janeiro", "januari", "ינואר", "ژانویه"},
	{"شباط", "فبراير", "فيفري", "february", "feb", "février", "fevrier", "févr", "februar", "feber", "febrero", "şubat", "şub", "февраля", "февраль", "febbraio", "fevereiro", "februari", "פברואר", "فوریه"},
	{"آذار", "مارس", "march", "mar", "mars", "märz", "mär", "marzo", "mart", "марта", "март", "março", "maart", "מרץ", "מרס"},
	{"نيسان", "أبريل", "إبريل", "أفريل", "april", "apr", "avril", "avr", "abril", "abr", "nisan", "nis", "апреля", "апрель", "aprile", "אפריל", "آوریل"},
	{"أيار", "نوار", "مايو", "ماي", "may", "mai", "mayo", "mayıs", "мая", "май", "maggio", "maio", "mei", "מאי", "مه"},
	{"حزيران", "يونيو", "يونيه", "يونية", "جوان", "june", "jun", "juin", "juni", "junio", "haziran", "haz", "июня", "июнь", "giugno", "junho", "יוני", "ژوئن"},
	{"تموز", "يوليو", "يوليه", "يولية", "يوليوز", "جويلية", "july", "jul", "juillet", "juil", "juli", "julio", "temmuz", "tem", "июля", "июль", "luglio", "julho", "יולי", "ژوئیه", "جولای"},
	{"آب", "أغسطس", "غشت", "أوت", "august", "aug", "août", "aout", "agosto", "ago", "ağustos", "ağu", "августа", "август", "augustus", "אוגוסט", "اوت"},
	{"أيلول", "سبتمبر", "شتنبر", "september", "sep", "sept", "septembre", "septiembre", "setiembre", "eylül", "eyl", "сентября", "сентябрь", "settembre", "setembro", "ספטמבר", "سپتامبر"},
	{"تشرين الأول", "تشرين أول", "أكتوبر", "october", "oct", "octobre", "oktober", "okt", "octubre", "ekim", "eki", "октября", "октябрь", "ottobre", "outubro", "אוקטובר", "اکتبر"},
	{"تشرين الثاني", "تشرين ثاني", "تشرين ثان", "نوفمبر", "نونبر", "november", "nov", "novembre", "noviembre", "kasım", "kas", "ноября", "ноябрь", "novembro", "נובמבר", "نوامبر"},
	{"كانون الأول", "كانون أول", "ديسمبر", "دجنبر", "دسمبر", "december", "dec", "décembre", "decembre", "déc", "dezember", "dez", "diciembre", "dic", "aralık", "ara", "декабря", "декабрь", "dicembre", "dezembro", "דצמבר", "دسامبر"},
}

// MonthNames lists every accepted name of a month.
func MonthNames() []string { return slices.Concat(monthNames[:]...) }

// monthOf is the month 1–12 of a folded name.
var monthOf = func() map[string]int {
	m := map[string]int{}
	for i, names := range monthNames {
		for _, n := range names {
			m[fold.Word(n)] = i + 1
			if r, _ := utf8.DecodeRuneInString(n); unicode.Is(unicode.Hebrew, r) {
				m["ב"+n] = i + 1 // "in July"
			}
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
