package dataset

import "testing"

func TestGuidelineVersion(t *testing.T) {
	for text, want := range map[string]string{
		"# Guidelines\n\nVersion: 1.2.3\n": "1.2.3",
		"**Version:** 1.0.0":               "1.0.0",
		"Version: 1.0":                     "",
		"see Version: 1.0.0":               "",
		"":                                 "",
	} {
		if got := GuidelineVersion(text); got != want {
			t.Errorf("%q: got %q, expected %q", text, got, want)
		}
	}
}

func TestParseMeta(t *testing.T) {
	if m, err := ParseMeta([]byte(`{"name":"a-b","version":"1.0.0"}`)); err != nil || m.Name != "a-b" {
		t.Errorf("got %+v, %v", m, err)
	}
	for _, bad := range []string{`{`, `{"name":"A B","version":"1.0.0"}`, `{"name":"a","version":"x"}`, `{"name":"a","version":"1.0.0","split":"a b"}`} {
		if _, err := ParseMeta([]byte(bad)); err == nil {
			t.Errorf("%s was taken", bad)
		}
	}
}
