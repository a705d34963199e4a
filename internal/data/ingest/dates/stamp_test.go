package dates

import "testing"

func TestStampedDate(t *testing.T) {
	for in, want := range map[string]string{
		"2016-07-05T23:10:00+03:00":       "2016-07-05",
		"Tue, 05 Jul 2016 23:10:00 +0300": "2016-07-05",
		"Tue, 5 Jul 2016 23:10:00 GMT":    "2016-07-05",
		"20160704":                        "2016-07-04",
		"1467590400":                      "2016-07-04", // date -u -d @1467590400
		"1467590400000":                   "2016-07-04",
		"الاثنين، 04 جويلية 2016":         "2016-07-04",
		"20161301":                        "",
		"12345":                           "",
		"99999999999999":                  "",
		"1437/09/29":                      "",
		"04/07/2016":                      "",
		"soon 2016-07-04":                 "",
		"":                                "",
	} {
		if got, err := Stamped(in); got != want || (err == nil) != (want != "") {
			t.Errorf("%q: got %q, %v, want %q", in, got, err, want)
		}
	}
}
