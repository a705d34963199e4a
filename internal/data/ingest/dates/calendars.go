package dates

import "github.com/mizan-corpus/mizan/internal/data/fold"

// solarNames are the months of the Solar Hijri calendar of Iran, lunarNames those
// of the Hijri one, as news print them.
var (
	solarNames = [12][]string{{"فروردین"}, {"اردیبهشت"}, {"خرداد"}, {"تیر"}, {"مرداد", "امرداد"}, {"شهریور"}, {"مهر"}, {"آبان"}, {"آذر"}, {"دی"}, {"بهمن"}, {"اسفند"}}
	lunarNames = [12][]string{{"محرم", "محرم الحرام"}, {"صفر"}, {"ربيع الأول", "ربيع أول"}, {"ربيع الثاني", "ربيع الآخر", "ربيع ثاني"},
		{"جمادى الأولى", "جمادى الأول"}, {"جمادى الثانية", "جمادى الآخرة", "جمادى الثاني"}, {"رجب"}, {"شعبان"}, {"رمضان"}, {"شوال"}, {"ذو القعدة", "ذي القعدة"}, {"ذو الحجة", "ذي الحجة"}}
	solarOf, lunarOf = monthsOf(solarNames), monthsOf(lunarNames)
)

// Years of the two calendars that news of the last hundred years can have.
const (
	minSolar, maxSolar = 1300, 1420 // 1921 to 2042
	minLunar, maxLunar = 1330, 1470 // 1912 to 2048
)

func monthsOf(names [12][]string) map[string]int {
	m := map[string]int{}
	for i, list := range names {
		for _, n := range list {
			m[fold.Word(n)] = i + 1
		}
	}
	return m
}

// solarDate is a day of the Solar Hijri calendar in the Gregorian one. Leap years
// are those of the cycle of 33 years, which agrees with the observed calendar
// from 1210 to 1502 of it (Borkowski 1996).
func solarDate(y, m, d int) (gy, gm, gd int, ok bool) {
	if y < minSolar || y > maxSolar || m < 1 || m > 12 || d < 1 || d > 31 || m > 6 && d > 30 || m == 12 && d > 29 && !solarLeap(y) {
		return 0, 0, 0, false
	}
	// 1 Farvardin 1300 was 21 March 1921, Julian day number 2422770.
	day := 2422770
	for k := minSolar; k < y; k++ {
		day += 365
		if solarLeap(k) {
			day++
		}
	}
	day += 31*(min(m, 7)-1) + 30*max(0, m-7) + d - 1
	gy, gm, gd = gregorian(day)
	return gy, gm, gd, true
}

// solarLeap reports whether a year has 366 days: those that leave 1, 5, 9, 13,
// 17, 22, 26 or 30 when divided by 33.
func solarLeap(y int) bool {
	switch y % 33 {
	case 1, 5, 9, 13, 17, 22, 26, 30:
		return true
	}
	return false
}

// gregorian is the Gregorian date of a Julian day number (Fliegel, van Flandern
// 1968).
func gregorian(day int) (y, m, d int) {
	l := day + 68569
	n := 4 * l / 146097
	l -= (146097*n + 3) / 4
	i := 4000 * (l + 1) / 1461001
	l += 31 - 1461*i/4
	j := 80 * l / 2447
	d = l - 2447*j/80
	l = j / 11
	return 100*(n-49) + i + l, j + 2 - 12*l, d
}

// otherCalendar is "15 تیر 1395" or "1 شوال 1437" at token i. The day of a Hijri
// date hangs on when the moon was seen, so that it has no reading.
func otherCalendar(toks []token, i int) (match, bool) {
	if toks[i].kind != number || toks[i].digits > 2 || glued(toks, i, -1) {
		return match{}, false
	}
	j := skip(toks, i+1, "من", "شهر", "ماه")
	for words := 2; words > 0; words-- {
		name, next := wordsAt(toks, j, words)
		solar, lunar := solarOf[name], lunarOf[name]
		if name == "" || solar == 0 && lunar == 0 {
			continue
		}
		next = skip(toks, next, "ماه", "عام", "لعام", "سنة", "سال")
		next = skipMarks(toks, next, "،,-/")
		if next >= len(toks) || toks[next].kind != number || toks[next].digits != 4 || glued(toks, next, +1) {
			return match{}, false
		}
		year := toks[next].n
		if y, m, d, ok := solarDate(year, solar, toks[i].n); ok {
			return match{y: y, m: m, d: d, last: next}, true
		}
		if lunar > 0 && minLunar <= year && year <= maxLunar && toks[i].n >= 1 && toks[i].n <= 30 {
			return match{last: next, hijri: true}, true
		}
	}
	return match{}, false
}

// wordsAt joins so many words from token j on with spaces; next is the token
// behind them.
func wordsAt(toks []token, j, n int) (name string, next int) {
	for k := range n {
		if j+k >= len(toks) || toks[j+k].kind != word {
			return "", j
		}
		if k > 0 {
			name += " "
		}
		name += toks[j+k].word
	}
	return name, j + n
}
