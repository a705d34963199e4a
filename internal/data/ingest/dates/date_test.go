package dates

import (
	"errors"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/data/fold"
)

func TestParseDate(t *testing.T) {
	for _, c := range []struct{ in, iso, raw string }{
		// Numbers, year first.
		{"2016-07-05", "2016-07-05", "2016-07-05"},
		{" 2016/7/5 ", "2016-07-05", "2016/7/5"},
		{"2016.07.05", "2016-07-05", "2016.07.05"},
		{"2016-07-05T10:30:00Z", "2016-07-05", "2016-07-05"},
		{"2016-07-05T10:30:00+02:00", "2016-07-05", "2016-07-05"},
		{"2016-07-05 10:30", "2016-07-05", "2016-07-05"},
		{"٢٠١٦-٠٧-٠٥", "2016-07-05", "٢٠١٦-٠٧-٠٥"},
		{"۲۰۱۶/۰۷/۰۵", "2016-07-05", "۲۰۱۶/۰۷/۰۵"},
		{"\u200f2016\u200f/07\u200f/05", "2016-07-05", "2016\u200f/07\u200f/05"},
		// Numbers, year last, of which one reading is a date, or both are the same.
		{"21/11/2017", "2017-11-21", "21/11/2017"},
		{"11/21/2017", "2017-11-21", "11/21/2017"},
		{"21.11.2017", "2017-11-21", "21.11.2017"},
		{"٢١-١١-٢٠١٧", "2017-11-21", "٢١-١١-٢٠١٧"},
		{"5/5/2016", "2016-05-05", "5/5/2016"},
		// Levantine.
		{"03 أيلول 2016", "2016-09-03", "03 أيلول 2016"},
		{"9 كانون الثاني 2021", "2021-01-09", "9 كانون الثاني 2021"},
		{"٣١ كانون الأول ٢٠١٥", "2015-12-31", "٣١ كانون الأول ٢٠١٥"},
		{"1 تشرين الثاني، 2012", "2012-11-01", "1 تشرين الثاني، 2012"},
		{"كانون الثاني 5, 2016", "2016-01-05", "كانون الثاني 5, 2016"},
		{"4 ايار 2014", "2014-05-04", "4 ايار 2014"},
		{"8 آذار 2011", "2011-03-08", "8 آذار 2011"},
		{"8 اذار 2011", "2011-03-08", "8 اذار 2011"},
		// Egyptian and Gulf.
		{"٢١ نوفمبر ٢٠١٧", "2017-11-21", "٢١ نوفمبر ٢٠١٧"},
		{"4 ابريل 2018", "2018-04-04", "4 ابريل 2018"},
		{"4 إبريل 2018", "2018-04-04", "4 إبريل 2018"},
		{"يوليو 5, 2016", "2016-07-05", "يوليو 5, 2016"},
		{"12 يونيه 2010", "2010-06-12", "12 يونيه 2010"},
		{"5 من يوليو عام 2016", "2016-07-05", "5 من يوليو عام 2016"},
		// Maghrebi.
		{"14 جانفي 2011", "2011-01-14", "14 جانفي 2011"},
		{"2 فيفري 2012", "2012-02-02", "2 فيفري 2012"},
		{"9 أفريل 2013", "2013-04-09", "9 أفريل 2013"},
		{"5 جوان 2014", "2014-06-05", "5 جوان 2014"},
		{"5 جويلية 2014", "2014-07-05", "5 جويلية 2014"},
		{"03 أوت 2020", "2020-08-03", "03 أوت 2020"},
		// Moroccan.
		{"21 غشت 2018", "2018-08-21", "21 غشت 2018"},
		{"1 شتنبر 2018", "2018-09-01", "1 شتنبر 2018"},
		{"1 نونبر 2018", "2018-11-01", "1 نونبر 2018"},
		{"1 دجنبر 2018", "2018-12-01", "1 دجنبر 2018"},
		{"30 يوليوز 2018", "2018-07-30", "30 يوليوز 2018"},
		{"1 ماي 2018", "2018-05-01", "1 ماي 2018"},
		// Pairs.
		{"4 نيسان/أبريل 2018", "2018-04-04", "4 نيسان/أبريل 2018"},
		{"22 نوفمبر/تشرين الثاني 2017", "2017-11-22", "22 نوفمبر/تشرين الثاني 2017"},
		{"27 فبراير (شباط) 2016", "2016-02-27", "27 فبراير (شباط) 2016"},
		// English and French.
		{"5 July 2016", "2016-07-05", "5 July 2016"},
		{"July 5, 2016", "2016-07-05", "July 5, 2016"},
		{"JULY 5TH, 2016", "2016-07-05", "JULY 5TH, 2016"},
		{"5th of July, 2016", "2016-07-05", "5th of July, 2016"},
		{"Sept. 21, 2015", "2015-09-21", "Sept. 21, 2015"},
		{"05-Jul-2016", "2016-07-05", "05-Jul-2016"},
		{"1er août 2016", "2016-08-01", "1er août 2016"},
		{"6 février 2018", "2018-02-06", "6 février 2018"},
		// Leap days: 2016 has one.
		{"29 February 2016", "2016-02-29", "29 February 2016"},
	} {
		iso, raw, err := Parse(c.in)
		if err != nil || iso != c.iso || raw != c.raw {
			t.Errorf("ParseDate(%q) = %q, %q, %v; want %q, %q", c.in, iso, raw, err, c.iso, c.raw)
		}
	}
}

func TestParseDateRefuses(t *testing.T) {
	for _, c := range []struct {
		in   string
		want error
	}{
		{"", ErrNoDate},
		{"5", ErrNoDate},
		{"4 نيسان", ErrNoDate},               // no year
		{"أيلول 2016", ErrNoDate},            // no day
		{"5 July 16", ErrNoDate},             // two digits of a year
		{"5/7/16", ErrNoDate},                // the same
		{"05/07/2016", ErrAmbiguousDate},     // 5 July or 7 May
		{"٠٥/٠٧/٢٠١٦", ErrAmbiguousDate},     // the same
		{"31/04/2016", ErrNoDate},            // April has 30 days
		{"30 February 2016", ErrNoDate},      // no such day
		{"29 February 2015", ErrNoDate},      // no leap year
		{"2016-13-05", ErrNoDate},            // no such month
		{"0 July 2016", ErrNoDate},           // no such day
		{"1437-10-05", ErrNoDate},            // Hijri
		{"5 شوال 1437", ErrHijriDate},        // Hijri
		{"5 نيسان/مايو 2016", ErrNoDate},     // the pair does not agree
		{"22-24 نوفمبر 2017", ErrNoDate},     // a range
		{"2016-07-05-99", ErrNoDate},         // a longer number
		{"1.2016-07-05", ErrNoDate},          // a version
		{"2016-07/05", ErrNoDate},            // separators differ
		{"2016 - 07 - 05", ErrNoDate},        // a sum
		{"today, 5 July 2016", ErrNoDate},    // more than a date
		{"5 July 2016 and after", ErrNoDate}, // more than a date
		{"12345-07-05", ErrNoDate},           // five digits
	} {
		iso, _, err := Parse(c.in)
		if !errors.Is(err, c.want) || iso != "" {
			t.Errorf("ParseDate(%q) = %q, %v; want %v", c.in, iso, err, c.want)
		}
	}
}

func TestFindDates(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"● أخبار سورية ٢١ نوفمبر ٢٠١٧", "2017-11-21"},
		{"Published July 5, 2016, updated 2016-07-06", "2016-07-05 2016-07-06"},
		{"الثلاثاء 21 غشت 2018 - 18:00", "2018-08-21"},
		{"من 4 نيسان/أبريل الجاري", ""},
		{"دخلت حيز التنفيذ يوم 27 فبراير/شباط الماضي", ""},
		{"on 05/07/2016 or 2016-07-05", "? 2016-07-05"},
		{"2016-07-05م", "2016-07-05"},
		{"في الـ22 من نوفمبر 2017", "2017-11-22"},
	} {
		var got []string
		for _, d := range allDates(c.in) {
			if d.Raw != c.in[d.Start:d.End] {
				t.Errorf("%q: raw %q is not the text at [%d,%d)", c.in, d.Raw, d.Start, d.End)
			}
			if d.Ambiguous {
				got = append(got, "?")
			} else {
				got = append(got, d.ISO)
			}
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("FindDates(%q) = %q, want %q", c.in, s, c.want)
		}
	}
}

// Every name in the table of months reads as its month, before and after the
// day, and no name stands for two months.
func TestMonthNames(t *testing.T) {
	owner := map[string]int{}
	for i, names := range monthNames {
		for _, n := range names {
			if m, ok := owner[fold.Word(n)]; ok && m != i {
				t.Errorf("%q is month %d and %d", n, m+1, i+1)
			}
			owner[fold.Word(n)] = i
			want := "2016-" + string([]byte{'0' + byte((i+1)/10), '0' + byte((i+1)%10)}) + "-07"
			for _, s := range []string{"7 " + n + " 2016", n + " 7, 2016"} {
				if iso, _, err := Parse(s); err != nil || iso != want {
					t.Errorf("ParseDate(%q) = %q, %v; want %q", s, iso, err, want)
				}
			}
		}
	}
}

func FuzzDate(f *testing.F) {
	for _, s := range []string{"2016-07-05", "٢١ نوفمبر ٢٠١٧", "July 5, 2016", "5/7/2016", "كانون الثاني", "22-24 نوفمبر/تشرين الثاني 2017", "\xff2016-07-05"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, d := range allDates(s) {
			if d.Start < 0 || d.End > len(s) || d.Raw != s[d.Start:d.End] || d.Raw == "" {
				t.Fatalf("%q: bad position of %+v", s, d)
			}
			if d.Ambiguous != (d.ISO == "") {
				t.Fatalf("%q: %+v", s, d)
			}
			// What is found in a line is a date by itself too.
			iso, raw, err := Parse(d.Raw)
			if iso != d.ISO || raw != d.Raw || (err == nil) == d.Ambiguous {
				t.Fatalf("%q: found %+v, parsed %q %q %v", s, d, iso, raw, err)
			}
		}
	})
}

// allDates is every full date in a line, in order.
func allDates(line string) []Date {
	var out []Date
	toks := lex(line, nil)
	for i := 0; ; {
		d, next, ok := nextDate(line, toks, i)
		if !ok {
			return out
		}
		out = append(out, d)
		i = next
	}
}
