package dates

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/mizan-corpus/mizan/internal/data/fold"
	"github.com/mizan-corpus/mizan/internal/data/ingest/canonical"
)

// Errors of [Parse].
var (
	ErrNoDate        = errors.New("not a date")
	ErrAmbiguousDate = errors.New("day and month cannot be told apart")
	ErrHijriDate     = errors.New("a Hijri date, whose day is not certain")
)

// Years outside this range are taken for another calendar or another number.
const (
	minYear = 1800
	maxYear = 2199
)

// Date is a date found in a line of text.
type Date struct {
	ISO        string // "2016-07-05"; "" when Ambiguous or Hijri
	Raw        string // as printed
	Start, End int    // bytes of the line that Raw takes
	Ambiguous  bool   // numbers such as 05/07/2016 that read as two dates
	Hijri      bool   // such as 1 شوال 1437: the day hangs on the moon
}

// Parse reads a text that is one date and nothing else, white space and
// invisible characters around it aside. It returns the ISO 8601 form and the text of the date itself.
//
// Accepted are year-month-day in numbers (2016-07-05, 2016/7/5, 2016.7.5, with
// or without a time after "T" or a space), and day, month and year with the
// month's name in Arabic (Levantine, Egyptian and Gulf, Maghrebi, Moroccan),
// English, French, German, Spanish, Italian, Portuguese, Dutch, Turkish, Russian,
// Hebrew or Persian, in the orders "5 July 2016" and "July 5, 2016"; the month
// may be a pair that agrees (نيسان/أبريل). Digits may be ASCII, Arabic-Indic
// or extended. Numbers with the year last have the day first where dots stand
// between them (06.01.2026); with others (21/11/2017) they are read only where
// one order is a date or both orders are the same; else the error is
// [ErrAmbiguousDate]. A year has four digits, 1800 to 2199, so that years of other
// calendars are never taken for Gregorian ones. A day of the Solar Hijri calendar
// with its month's name (15 تیر 1395) is converted; one of the Hijri calendar is
// [ErrHijriDate].
func Parse(s string) (iso, raw string, err error) {
	s = strings.TrimSpace(s)
	d, ok := Find(s)
	rest := ""
	if ok {
		rest = s[:d.Start] + timeOfDay(s[d.End:])
	}
	switch {
	case !ok || fold.Key(rest) != "":
		return "", "", fmt.Errorf("%q: %w", canonical.Clip(s), ErrNoDate)
	case d.Ambiguous:
		return "", d.Raw, fmt.Errorf("%q: %w", canonical.Clip(s), ErrAmbiguousDate)
	case d.Hijri:
		return "", d.Raw, fmt.Errorf("%q: %w", canonical.Clip(s), ErrHijriDate)
	}
	return d.ISO, d.Raw, nil
}

// Find is the first full date in a line, in the forms of [Parse]. Days
// of a range (22-24 November 2017) are none.
func Find(line string) (Date, bool) {
	var buf [48]token
	d, _, ok := nextDate(line, lex(line, buf[:0]), 0)
	return d, ok
}

// nextDate is the first date from token i on, and the token after it.
func nextDate(line string, toks []token, i int) (d Date, next int, ok bool) {
	for ; i < len(toks); i++ {
		if toks[i].kind != number && toks[i].month == 0 && !monthBegins[toks[i].word] {
			continue
		}
		m, ok := matchDate(toks, i)
		if !ok {
			continue
		}
		start, end := toks[i].start, toks[m.last].end
		d := Date{Raw: line[start:end], Start: start, End: end, Ambiguous: m.ambiguous, Hijri: m.hijri}
		if !m.ambiguous && !m.hijri {
			d.ISO = fmt.Sprintf("%04d-%02d-%02d", m.y, m.m, m.d)
		}
		return d, m.last + 1, true
	}
	return Date{}, i, false
}

// match is a date that ends with token last.
type match struct {
	y, m, d   int
	last      int
	ambiguous bool
	hijri     bool
}

func matchDate(toks []token, i int) (match, bool) {
	// Called by name, so that the tokens stay on the stack.
	if m, ok := numericDate(toks, i); ok {
		return m, true
	}
	if m, ok := dayFirst(toks, i); ok {
		return m, true
	}
	if m, ok := monthFirst(toks, i); ok {
		return m, true
	}
	return otherCalendar(toks, i)
}

// numericDate is three numbers with the same separator: y-m-d, d-m-y, m-d-y.
func numericDate(toks []token, i int) (match, bool) {
	if i+4 >= len(toks) || glued(toks, i, -1) || glued(toks, i+4, +1) {
		return match{}, false
	}
	a, sep, b, sep2, c := toks[i], toks[i+1], toks[i+2], toks[i+3], toks[i+4]
	if a.kind != number || b.kind != number || c.kind != number || sep.kind != mark || sep.r != sep2.r ||
		!strings.ContainsRune("-/.", sep.r) || sep.spaced || b.spaced || sep2.spaced || c.spaced || b.digits > 2 {
		return match{}, false
	}
	m := match{last: i + 4}
	switch {
	case a.digits == 4 && c.digits <= 2:
		m.y, m.m, m.d = a.n, b.n, c.n
	case a.digits <= 2 && c.digits == 4:
		// Nobody writes dots between month, day and year (CLDR 48).
		dayFirst, monthFirst := Valid(c.n, b.n, a.n), sep.r != '.' && Valid(c.n, a.n, b.n)
		m.y, m.m, m.d = c.n, b.n, a.n
		if !dayFirst {
			m.m, m.d = a.n, b.n
		}
		m.ambiguous = dayFirst && monthFirst && a.n != b.n
	}
	return m, Valid(m.y, m.m, m.d)
}

// dayFirst is "5 July 2016", "5 من تموز، عام 2016", "5th of July 2016", "5-Jul-2016".
func dayFirst(toks []token, i int) (match, bool) {
	if toks[i].kind != number || toks[i].digits > 2 || glued(toks, i, -1) {
		return match{}, false
	}
	j := skip(toks, i+1, "st", "nd", "rd", "th", "er", "º")
	j = skipMarks(toks, j, "-/.")
	j = skip(toks, j, "of", "من", "شهر", "de", "di", "of", "den")
	month, j := monthAt(toks, j)
	if month == 0 {
		return match{}, false
	}
	j = skipMarks(toks, j, "-/.,،")
	j = skip(toks, j, "من", "عام", "العام", "لعام", "سنة", "لسنة", "de", "del", "سال")
	return withYear(toks, j, month, toks[i].n)
}

// monthFirst is "July 5, 2016", "يوليو 5، 2016", "Jul. 5th 2016".
func monthFirst(toks []token, i int) (match, bool) {
	month, j := monthAt(toks, i)
	if month == 0 {
		return match{}, false
	}
	j = skipMarks(toks, j, ".-/")
	if j >= len(toks) || toks[j].kind != number || toks[j].digits > 2 {
		return match{}, false
	}
	day := toks[j].n
	j = skip(toks, j+1, "st", "nd", "rd", "th")
	j = skipMarks(toks, j, ",،-/")
	return withYear(toks, j, month, day)
}

func withYear(toks []token, j, month, day int) (match, bool) {
	if j >= len(toks) || toks[j].kind != number || toks[j].digits != 4 || glued(toks, j, +1) {
		return match{}, false
	}
	return match{y: toks[j].n, m: month, d: day, last: j}, Valid(toks[j].n, month, day)
}

// monthAt is the month whose name stands at token i, and the token after it:
// one name, a name of two words, or a pair that agrees.
func monthAt(toks []token, i int) (month, next int) {
	month, next = oneMonth(toks, i)
	if month == 0 || next+1 >= len(toks) || toks[next].kind != mark || !strings.ContainsRune("/(-", toks[next].r) {
		return month, next
	}
	second, after := oneMonth(toks, next+1)
	if second == 0 {
		return month, next
	}
	if second != month {
		return 0, i
	}
	if toks[next].r == '(' {
		after = skipMarks(toks, after, ")")
	}
	return month, after
}

func oneMonth(toks []token, i int) (month, next int) {
	if i >= len(toks) || toks[i].kind != word {
		return 0, i
	}
	if i+1 < len(toks) && toks[i+1].kind == word && toks[i+1].spaced {
		if m := monthOf[toks[i].word+" "+toks[i+1].word]; m > 0 {
			return m, i + 2
		}
	}
	if toks[i].month > 0 {
		return toks[i].month, i + 1
	}
	return 0, i
}

// Valid reports whether the day exists in the Gregorian calendar.
func Valid(y, m, d int) bool {
	if y < minYear || y > maxYear || m < 1 || m > 12 || d < 1 {
		return false
	}
	return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC).Day() == d && d <= 31
}

// timeOfDay is s without a time at its start ("T10:30:00Z", " 10:30", ", 10:30").
func timeOfDay(s string) string {
	t := strings.TrimLeft(s, " ,،-–|T")
	end := strings.IndexFunc(t, func(r rune) bool { return fold.DigitOf(r) < 0 && !strings.ContainsRune(":.+-Z", r) })
	if end < 0 {
		end = len(t)
	}
	if !strings.Contains(t[:end], ":") {
		return s
	}
	return t[end:]
}
