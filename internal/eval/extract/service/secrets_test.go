package service

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"net/url"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// forms are the ways in which a service may repeat a key.
var forms = map[string]func(string) string{
	"plain":       func(k string) string { return k },
	"in JSON":     func(k string) string { b, _ := json.Marshal(k); return string(b) },
	"as PHP does": func(k string) string { return strings.ReplaceAll(k, "/", `\/`) },
	"as code points": func(k string) (s string) {
		for _, r := range k {
			s += fmt.Sprintf(`\u%04X`, r)
		}
		return s
	},
	"JSON in JSON":     func(k string) string { b, _ := json.Marshal(k); b, _ = json.Marshal(string(b)); return string(b) },
	"in an address":    url.QueryEscape,
	"escaped twice":    func(k string) string { return url.QueryEscape(url.QueryEscape(k)) },
	"in HTML":          html.EscapeString,
	"lower case":       strings.ToLower,
	"hexadecimal":      func(k string) string { return strings.ToUpper(hex.EncodeToString([]byte(k))) },
	"base64":           func(k string) string { return base64.StdEncoding.EncodeToString([]byte(k)) },
	"base64 with user": func(k string) string { return base64.StdEncoding.EncodeToString([]byte("me:" + k)) },
	"base64, shifted":  func(k string) string { return base64.RawStdEncoding.EncodeToString([]byte("x" + k + "yz")) },
	"without its end":  func(k string) string { return k[:len(k)-1] },
	"in tokens": func(k string) string {
		return `["` + k[:3] + `","` + k[3:7] + `", "` + k[7:] + `"]`
	},
}

func TestKeysAreHiddenInEveryForm(t *testing.T) {
	for name, form := range forms {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				key := rapid.StringMatching(`[A-Za-z0-9/+=_-]{11}[A-Za-z0-9][A-Za-z0-9/+=_.-]{0,30}`).Draw(t, "key")
				var s secrets
				s.add(key)
				said := "key |" + form(key) + "| is wrong"
				shown := s.redact(said)
				if !strings.HasPrefix(shown, "key |") || !strings.HasSuffix(shown, "| is wrong") || !strings.Contains(shown, "[hidden]") {
					t.Fatalf("%q is shown as %q", said, shown)
				}
				_, before := readings(form(key))
				_, after := readings(shown)
				if n := len(before.bytes); n > 8 && strings.Contains(string(after.bytes), string(before.bytes[n/4:n-n/4])) {
					t.Fatalf("%q is shown as %q", said, shown)
				}
			})
		})
	}
}

func TestOtherTextStays(t *testing.T) {
	var s secrets
	s.add("abc", "Sk-Ab/cD+eF==9x")
	for _, text := range []string{"", "abc", `{"doc_id":"a","mentions":[{"text":"Sk","start":0}]}`, `100% of \u0041 &#65; \`, "تصريح السفير", "\xff%"} {
		if got := s.redact(text); got != text {
			t.Errorf("%q became %q", text, got)
		}
	}
}
