package journal

import (
	"encoding/json"
	"testing"
)

func TestWork(t *testing.T) {
	state := func(s string) []Action { return []Action{{Op: "state", Value: json.RawMessage(`"` + s + `"`)}} }
	list := WorkOf([]Entry{
		{Kind: Begin, Pass: "anna"}, {Kind: Base}, {Kind: Base, Article: "b"},
		{Kind: Act, Article: "b", Time: "t1", Seconds: 2.5}, {Kind: Undo, Article: "b", Time: "t2", Seconds: 1}, {Kind: Act, Article: "a", Time: "t3", Seconds: 4},
		{Kind: Act, Article: "b", Time: "t4", Do: state("done")}, {Kind: Seen, Article: "b", Time: "t5", Shown: []string{"gold", "suggestions"}},
		{Kind: Verdict, Article: "b", Time: "t6", Choice: "accept"}, {Kind: Verdict, Article: "b", Time: "t7", Choice: "refuse"},
		{Kind: Act, Article: "a", Time: "t8", Do: state("done")}, {Kind: Act, Article: "a", Time: "t9", Do: state("draft")}, {Kind: Found, Article: "a", Time: "t10"},
	})
	got, err := json.Marshal(list)
	if err != nil {
		t.Fatal(err)
	}
	want := `[{"article":"a","pass":"anna","actions":3,"seconds":4,"first":"t3","last":"t9","done":"","seen":[],"suggestions":{"accepted":0,"refused":0}},` +
		`{"article":"b","pass":"anna","actions":5,"seconds":3.5,"first":"t1","last":"t7","done":"t4","seen":[{"what":"gold","time":"t5"},{"what":"suggestions","time":"t5"}],"suggestions":{"accepted":1,"refused":1}}]`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
