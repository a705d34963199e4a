package ingest

import (
	"bytes"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"
	"pgregory.net/rapid"
)

// asDecoded checks that what plainObject takes is what the decoder takes, and its
// strings the same.
func asDecoded(t interface{ Fatalf(string, ...any) }, line []byte) {
	got, ok := plainObject(line)
	if !ok {
		return
	}
	d := jsontext.NewDecoder(bytes.NewReader(line), jsontext.AllowDuplicateNames(true))
	value, err := d.ReadValue()
	if rest := line[d.InputOffset():]; err != nil || value.Kind() != '{' || len(bytes.TrimSpace(rest)) > 0 {
		t.Fatalf("%q: taken, but it is %s with %q behind it, %v", line, value, rest, err)
	}
	d = jsontext.NewDecoder(bytes.NewReader(line), jsontext.AllowDuplicateNames(true))
	d.ReadToken()
	for _, m := range got {
		name, err := d.ReadToken()
		if err != nil || name.String() != m.name {
			t.Fatalf("%q: member %q, expected %q, %v", line, m.name, name, err)
		}
		want, _ := d.ReadValue()
		if !bytes.Equal(want, m.value) {
			t.Fatalf("%q: value %q, expected %q", line, m.value, want)
		}
		if want.Kind() == '"' {
			s, ok := unquotePlain(m.value)
			if whole, _ := jsontext.AppendUnquote(nil, want); !ok || s != string(whole) {
				t.Fatalf("%q: %q is %q, expected %q", line, m.value, s, whole)
			}
		}
	}
	if d.PeekKind() != '}' {
		t.Fatalf("%q: %d members, there are more", line, len(got))
	}
}

func TestPlainObject(t *testing.T) {
	for _, line := range []string{`{}`, `{"a":"b"}`, ` { "a" : "ب\nc\"" , "a" : 12 , "c" : null } `, `{"a":-0}`, `{"a":"long enough for eight bytes \\ at once"}`} {
		asDecoded(t, []byte(line))
		if _, ok := plainObject([]byte(line)); ok == strings.Contains(line, "-") {
			t.Errorf("%s: taken: %t", line, ok)
		}
	}
	piece := rapid.SampledFrom([]string{`{`, `}`, `"a"`, `"ب\n\"c\\"`, `"\u0628"`, `"long enough for eight bytes"`, "\"a\x01\"", "\"\xff\"", `"`, `\`, `:`, `,`, ` `, `0`, `12`, `01`, `-1`, `1.5`, `null`, `true`, `nul`, `[]`, "\t"})
	rapid.Check(t, func(t *rapid.T) {
		asDecoded(t, []byte(strings.Join(rapid.SliceOfN(piece, 0, 12).Draw(t, "line"), "")))
		var members []string
		for range rapid.IntRange(0, 4).Draw(t, "members") {
			members = append(members, piece.Draw(t, "name")+":"+piece.Draw(t, "value"))
		}
		asDecoded(t, []byte("{"+strings.Join(members, ",")+"}"))
	})
}

func FuzzPlainObject(f *testing.F) {
	f.Add([]byte(`{"text":"وصل \"الوزير\"\n","n":12,"x":null}`))
	f.Fuzz(func(t *testing.T, line []byte) { asDecoded(t, line) })
}
