package check

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// The forms of ISO 8601 that a TIME value may have, all in extended format:
//
//	2016  2016-07  2016-07-06  2016-188  2016-W27  2016-W27-3
//	2016-07-06T14  …T14:30  …T14:30:05  …T14:30:05.5  each with Z, +03 or +03:00
//	P3D  P1Y2M  PT36H  P2W
//	A/B  A/P…  P…/B   with A and B whole dates or date-times
var (
	isoDate     = regexp.MustCompile(`^(\d{4})(?:-(\d\d)(?:-(\d\d))?|-(\d{3})|-W(\d\d)(?:-([1-7]))?)?$`)
	isoClock    = regexp.MustCompile(`^(\d\d)(?::(\d\d)(?::(\d\d)(?:\.\d+)?)?)?(Z|[+-]\d\d(?::\d\d)?)?$`)
	isoDuration = regexp.MustCompile(`^P(?:\d+(?:\.\d+)?W|(?:\d+Y)?(?:\d+M)?(?:\d+(?:\.\d+)?D)?(?:T(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?)$`)
)

// timeDays is the first and last day that a value covers, in UTC; both are
// zero for a duration, and the open side of an interval with one. The value is
// in one of the forms above, with existing days and hours, or not ok.
func timeDays(value string) (first, last time.Time, ok bool) {
	if len(value) > 100 {
		return first, last, false
	}
	from, to, interval := strings.Cut(value, "/")
	if !interval {
		if validDuration(value) {
			return first, last, true
		}
		return pointDays(value)
	}
	switch {
	case validDuration(from):
		_, last, ok = pointDays(to)
		return time.Time{}, last, ok
	case validDuration(to):
		first, _, ok = pointDays(from)
		return first, time.Time{}, ok
	}
	first, _, ok = pointDays(from)
	end, last, ok2 := pointDays(to)
	return first, last, ok && ok2 && !end.Before(first)
}

func validDuration(value string) bool {
	return isoDuration.MatchString(value) && value != "P" && !strings.HasSuffix(value, "T")
}

// pointDays is the days of a date or date-time.
func pointDays(value string) (first, last time.Time, ok bool) {
	date, clock, timed := strings.Cut(value, "T")
	m := isoDate.FindStringSubmatch(date)
	if m == nil {
		return first, last, false
	}
	if timed && (m[3] == "" && m[4] == "" && m[6] == "" || !validClock(clock)) {
		return first, last, false
	}
	n := func(i int) int { v, _ := strconv.Atoi(m[i]); return v }
	day := func(month time.Month, d int) time.Time { return time.Date(n(1), month, d, 0, 0, 0, 0, time.UTC) }
	switch {
	case m[3] != "":
		first = day(time.Month(n(2)), n(3))
		return first, first, int(first.Month()) == n(2) && first.Day() == n(3)
	case m[2] != "":
		first = day(time.Month(n(2)), 1)
		return first, first.AddDate(0, 1, -1), n(2) >= 1 && n(2) <= 12
	case m[4] != "":
		first = day(1, n(4))
		return first, first, n(4) >= 1 && first.Year() == n(1)
	case m[5] != "":
		return weekDays(day(1, 4), n(5), n(6))
	}
	return day(1, 1), day(12, 31), true
}

// weekDays is the days of an ISO week, or one of its days where day is not 0.
// fourth is the 4th of January, which is always in week 1.
func weekDays(fourth time.Time, week, day int) (first, last time.Time, ok bool) {
	monday := fourth.AddDate(0, 0, -(int(fourth.Weekday())+6)%7+7*(week-1))
	year, w := monday.ISOWeek()
	ok = week >= 1 && w == week && year == fourth.Year()
	if day > 0 {
		first = monday.AddDate(0, 0, day-1)
		return first, first, ok
	}
	return monday, monday.AddDate(0, 0, 6), ok
}

func validClock(clock string) bool {
	m := isoClock.FindStringSubmatch(clock)
	if m == nil {
		return false
	}
	n := func(s string) int { v, _ := strconv.Atoi(s); return v }
	hour, minute, second := n(m[1]), n(m[2]), n(m[3])
	midnight := hour == 24 && minute == 0 && second == 0
	if zone := m[4]; len(zone) > 1 {
		h, min, _ := strings.Cut(zone[1:], ":")
		if n(h) > 14 || n(min) > 59 {
			return false
		}
	}
	return (hour <= 23 || midnight) && minute <= 59 && second <= 60
}
