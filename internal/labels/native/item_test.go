package native

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/labels/labelstest"
	"github.com/mizan-corpus/mizan/schema"
)

func roundTrip[T any](t *rapid.T, item *T, write func([]byte, *T) ([]byte, error), read func(string) (T, error)) {
	b, err := write(nil, item)
	if err != nil {
		t.Fatal(err)
	}
	got, err := read(string(b))
	if err != nil {
		t.Fatalf("%s: %v", b, err)
	}
	again, err := write(nil, &got)
	if err != nil || string(again) != string(b) || !reflect.DeepEqual(got, *item) {
		t.Fatalf("%+v written as %s, read as %+v (%v)", *item, b, got, err)
	}
}

// What is written of one item is read as the same item.
func TestItemsRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := labelstest.GenAnnotation().Draw(t, "annotation")
		for i := range a.Mentions {
			roundTrip(t, &a.Mentions[i], AppendMention, ParseMention)
		}
		for i := range a.Events {
			roundTrip(t, &a.Events[i], AppendEvent, ParseEvent)
		}
		actor := labelstest.GenActor().Draw(t, "actor")
		roundTrip(t, &actor, AppendActor, ParseActor)
	})
}

func TestItemsRefused(t *testing.T) {
	for _, text := range []string{`{"mention_id":"m1","start":1}`, `{"kind":"x"}`, `{} {}`, ``, `[]`, "{\"mention_id\":\"\xff\"}"} {
		if m, err := ParseMention(text); err == nil {
			t.Errorf("%q: read as %+v, expected an error", text, m)
		}
	}
	if _, err := AppendMention(nil, &schema.Mention{ID: "m", Text: "\xff"}); err == nil {
		t.Error("wrote a text that is no UTF-8")
	}
}
