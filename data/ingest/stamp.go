package ingest

import "strings"

// StampedDate is the day of a time stamp, in the stamp's own zone: ISO 8601
// (2016-07-05T23:10:00+03:00), RFC 1123 and 822 as feeds have it (Tue, 05 Jul
// 2016 23:10:00 +0300), or any form of [ParseDate].
func StampedDate(s string) (iso string, err error) {
	iso, _, err = ParseDate(s)
	if err == nil {
		return iso, nil
	}
	if d, ok := FindDate(s); ok && !d.Ambiguous {
		before, after := strings.TrimSpace(s[:d.Start]), strings.TrimSpace(timeOfDay(s[d.End:]))
		if weekday[strings.ToLower(strings.TrimRight(before, ",. "))] && zone(after) {
			return d.ISO, nil
		}
	}
	return "", err
}

// weekday are the days as RFC 822 has them, and no day.
var weekday = map[string]bool{"": true, "mon": true, "tue": true, "wed": true, "thu": true, "fri": true, "sat": true, "sun": true,
	"monday": true, "tuesday": true, "wednesday": true, "thursday": true, "friday": true, "saturday": true, "sunday": true}

// zone reports whether s is "", "+0300" or a name such as "GMT".
func zone(s string) bool {
	return len(s) <= 6 && strings.IndexFunc(s, func(r rune) bool {
		return !strings.ContainsRune("+-:", r) && (r < '0' || '9' < r) && (r < 'A' || 'Z' < r)
	}) < 0
}
