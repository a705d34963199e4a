package streams

import (
	"errors"
	"iter"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func stream(items ...string) iter.Seq2[*string, error] {
	return func(yield func(*string, error) bool) {
		for _, s := range items {
			if msg, ok := strings.CutPrefix(s, "error "); ok {
				if !yield(nil, errors.New(msg)) {
					return
				}
				continue
			}
			if !yield(&s, nil) {
				return
			}
		}
	}
}

func collect(s iter.Seq2[*string, error]) []string {
	var got []string
	for item, err := range s {
		if err != nil {
			got = append(got, "error "+err.Error())
			continue
		}
		got = append(got, *item)
	}
	return got
}

func compareStrings(a, b *string) int { return strings.Compare(*a, *b) }

func TestMerge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var streams []iter.Seq2[*string, error]
		var all []string
		for range rapid.IntRange(0, 4).Draw(t, "streams") {
			items := rapid.SliceOfN(rapid.StringMatching("[a-d]{0,2}"), 0, 6).Draw(t, "items")
			slices.Sort(items)
			streams = append(streams, stream(items...))
			all = append(all, items...)
		}
		slices.Sort(all)
		if got := collect(Merge(streams, compareStrings)); !slices.Equal(got, all) {
			t.Fatalf("got %q, expected %q", got, all)
		}
		stop := 0
		for range Merge(streams, compareStrings) { // may be left at any point
			if stop++; stop == 2 {
				break
			}
		}
	})
	got := collect(Merge([]iter.Seq2[*string, error]{stream("a", "error x", "c"), stream("b", "error y")}, compareStrings))
	if want := []string{"a", "error x", "b", "error y", "c"}; !slices.Equal(got, want) {
		t.Errorf("got %q, expected %q", got, want)
	}
}

func TestOrdered(t *testing.T) {
	key := func(s *string) string { return *s }
	size := func(*string) int { return 1 }
	for name, tc := range map[string]struct {
		in     []string
		window int
		want   []string
	}{
		"sorted in memory":      {[]string{"c", "a", "b"}, 10, []string{"a", "b", "c"}},
		"errors pass":           {[]string{"c", "error x", "a"}, 10, []string{"error x", "a", "c"}},
		"in order, streamed":    {[]string{"a", "b", "c", "d", "e"}, 2, []string{"a", "b", "c", "d", "e"}},
		"sorted start":          {[]string{"b", "a", "c", "d"}, 2, []string{"a", "b", "c", "d"}},
		"too late to be sorted": {[]string{"b", "c", "a"}, 2, []string{"b", "c", "error item a came after c, and the source is too large to be sorted in memory"}},
		"exactly the window":    {[]string{"b", "a"}, 2, []string{"a", "b"}},
	} {
		if got := collect(Ordered(stream(tc.in...), "item", key, size, tc.window)); !slices.Equal(got, tc.want) {
			t.Errorf("%s: got %q, expected %q", name, got, tc.want)
		}
	}
}
