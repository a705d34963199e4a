package run

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/eval/extract"
)

func TestRecord(t *testing.T) {
	r := newRecord(Identity{Extractor: "x"}, "p")
	r.Sessions = []Session{{}, {Seconds: 1.5}}
	for i := range 200 {
		e := &ArticleRecord{Status: statusDone, Attempts: 1, LatencyMS: float64(200 - i), AtMS: float64(10 * (i + 1))}
		if i == 0 {
			e.Status, e.Attempts, e.Tokens = "timeout", 3, &extract.Tokens{Prompt: 5, Completion: 7}
		}
		if i == 1 {
			e.NoUsage, e.Alignment = true, &extract.Placement{Exact: 2, Absent: 1}
		}
		r.add(e)
	}
	r.add(&ArticleRecord{Status: statusDone}) // its tries are not known
	r.finish()
	// Of 1…200 by nearest rank: the 100th, 180th, 198th. 200 articles in 2 s,
	// and a session of 1.5 s without any.
	if *r.Latency != (Latency{100, 180, 198, 200}) || r.Seconds != 3.5 || r.ArticlesPerSecond != round(200/3.5) || r.Attempts != 202 {
		t.Errorf("got %+v %+v", r, r.Latency)
	}
	want := []string{
		"x: 201 articles, 1 failed (1 timeout), 1 asked again, predictions in p",
		"spans placed by their text: 2 placed exactly, 1 not at all",
		"tokens: 5 read, 7 written; not known for 1 articles",
	}
	if got := r.Summary(); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	var b bytes.Buffer
	if err := r.WriteJSON(&b); err != nil || !json.Valid(b.Bytes()) {
		t.Errorf("%v: %s", err, b.String())
	}
}

func TestBar(t *testing.T) {
	var b bytes.Buffer
	bar := NewBar(&b, 10)
	bar.Draw(Progress{Done: 5, Asked: 4, Failed: 1, Elapsed: 2e9})
	bar.Draw(Progress{Done: 6, Asked: 5, Elapsed: 2e9 + 1}) // too soon
	bar.Clear()
	line := "[============            ] 5/10 articles, 1 failed, 2.0/s, 3s left"
	if want := "\r" + line + "\r" + strings.Repeat(" ", len(line)) + "\r"; b.String() != want {
		t.Errorf("got %q, want %q", b.String(), want)
	}
	if got := (Progress{Done: 3}).line(0); got != "3 articles" {
		t.Errorf("got %q", got)
	}
}
