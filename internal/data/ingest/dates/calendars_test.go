package dates

import (
	"errors"
	"testing"
	"time"
	"unicode"

	"github.com/mizan-corpus/mizan/internal/data/fold"
)

// Nowruz, 1 Farvardin, as the calendar of the University of Tehran has it, and
// days that Iran's papers printed beside the Gregorian ones.
func TestSolarDates(t *testing.T) {
	for in, want := range map[string]string{
		"1 فروردین 1300":  "1921-03-21",
		"1 فروردین 1358":  "1979-03-21",
		"1 فروردین 1375":  "1996-03-20",
		"30 اسفند 1399":   "2021-03-20",
		"1 فروردین 1400":  "2021-03-21",
		"۱۵ تیر ۱۳۹۵":     "2016-07-05",
		"۲۲ بهمن ۱۳۵۷":    "1979-02-11",
		"31 شهریور ۱۳۵۹":  "1980-09-22",
		"5 مهر ماه 1395":  "2016-09-26",
		"29 اسفند 1400":   "2022-03-20",
		"30 اسفند 1400":   "", // no leap year
		"31 مهر 1395":     "",
		"15 تیر 1095":     "",
		"5 اردیبهشت 2016": "",
	} {
		if iso, _, err := Parse(in); iso != want || (err == nil) != (want != "") {
			t.Errorf("%s: got %q, %v; want %q", in, iso, err, want)
		}
	}
}

// Every day of a century is the one after the day before it.
func TestSolarDaysFollowEachOther(t *testing.T) {
	day := time.Date(1921, 3, 21, 0, 0, 0, 0, time.UTC)
	for y := minSolar; y <= maxSolar; y++ {
		for m := 1; m <= 12; m++ {
			for d := 1; d <= 31; d++ {
				gy, gm, gd, ok := solarDate(y, m, d)
				if !ok {
					continue
				}
				if gy != day.Year() || gm != int(day.Month()) || gd != day.Day() {
					t.Fatalf("%d-%d-%d: got %d-%d-%d, want %s", y, m, d, gy, gm, gd, day.Format(time.DateOnly))
				}
				day = day.AddDate(0, 0, 1)
			}
		}
	}
}

func TestMonthsOfManyLanguages(t *testing.T) {
	for in, want := range map[string]string{
		"5. Juli 2016":       "2016-07-05",
		"3. März 2020":       "2020-03-03",
		"1. Jänner 2019":     "2019-01-01",
		"5 de julio de 2016": "2016-07-05",
		"2 maggio 2019":      "2019-05-02",
		"4 de março de 2021": "2021-03-04",
		"9 januari 2018":     "2018-01-09",
		"16 Ağustos 2020":    "2020-08-16",
		"15 Şubat 2016":      "2016-02-15",
		"5 июля 2016 года":   "2016-07-05",
		"5 ביולי 2016":       "2016-07-05",
		"5 ژوئیه 2016":       "2016-07-05",
		"06.01.2026":         "2026-01-06",
		"15 آب 2016":         "2016-08-15",
		"١٥ آب ٢٠١٦":         "2016-08-15",
		"15-آب-2016":         "2016-08-15",
		"31.04.2016":         "",
		"01/06/2026":         "",
	} {
		d, _ := Find(in)
		if d.ISO != want {
			t.Errorf("%s: got %q, want %q", in, d.ISO, want)
		}
	}
	for _, in := range []string{"1 شوال 1437", "15 ربيع الأول 1438", "٣ ذو الحجة ١٤٤٠"} {
		d, ok := Find(in)
		if _, _, err := Parse(in); !ok || d.ISO != "" || !d.Hijri || !errors.Is(err, ErrHijriDate) {
			t.Errorf("%s: %+v, %v", in, d, err)
		}
	}
}

// A month's name is one word or two of letters, and names one month.
func TestMonthNamesAreOne(t *testing.T) {
	seen := map[string]int{}
	for i, names := range monthNames {
		for _, n := range names {
			f := fold.Word(n)
			if m, ok := seen[f]; ok && m != i {
				t.Errorf("%q is month %d and %d", n, m+1, i+1)
			}
			seen[f] = i
			for _, r := range n {
				if !unicode.IsLetter(r) && r != ' ' && !unicode.IsMark(r) {
					t.Errorf("%q has %q", n, r)
				}
			}
		}
	}
}
