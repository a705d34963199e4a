package dates

import (
	"strconv"
	"strings"
	"time"
)

// Stamped is the day of a time stamp, in the stamp's own zone: ISO 8601
// (2016-07-05T23:10:00+03:00), RFC 1123 and 822 as feeds have it (Tue, 05 Jul
// 2016 23:10:00 +0300), 20160705, seconds or milliseconds since 1970 in UTC as
// data frames have them (ten or thirteen digits), or any form of [Parse].
func Stamped(s string) (iso string, err error) {
	iso, _, err = Parse(s)
	if err == nil {
		return iso, nil
	}
	if day, ok := digitsDate(s); ok {
		return day, nil
	}
	if d, ok := Find(s); ok && !d.Ambiguous {
		before, after := strings.TrimSpace(s[:d.Start]), strings.TrimSpace(timeOfDay(s[d.End:]))
		if weekday[strings.ToLower(strings.TrimRight(before, ",.، "))] && zone(after) {
			return d.ISO, nil
		}
	}
	return "", err
}

// digitsDate is the day of a stamp of 8, 10 or 13 ASCII digits.
func digitsDate(s string) (string, bool) {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 0 {
		return "", false
	}
	var t time.Time
	switch len(s) {
	case 8:
		if t, err = time.Parse("20060102", s); err != nil {
			return "", false
		}
	case 10:
		t = time.Unix(n, 0)
	case 13:
		t = time.UnixMilli(n)
	}
	t = t.UTC()
	return t.Format(time.DateOnly), minYear <= t.Year() && t.Year() <= maxYear
}

// weekday are the days as RFC 822 and Arabic papers have them, and no day.
var weekday = map[string]bool{"": true, "mon": true, "tue": true, "wed": true, "thu": true, "fri": true, "sat": true, "sun": true,
	"monday": true, "tuesday": true, "wednesday": true, "thursday": true, "friday": true, "saturday": true, "sunday": true,
	"الأحد": true, "الاثنين": true, "الإثنين": true, "الثلاثاء": true, "الأربعاء": true, "الخميس": true, "الجمعة": true, "السبت": true}

// zone reports whether s is "", "+0300" or a name such as "GMT".
func zone(s string) bool {
	return len(s) <= 6 && strings.IndexFunc(s, func(r rune) bool {
		return !strings.ContainsRune("+-:", r) && (r < '0' || '9' < r) && (r < 'A' || 'Z' < r)
	}) < 0
}
