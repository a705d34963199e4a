// Package journal is what a person did to labels, one line of JSON an action, each on
// disk before anything says that it is saved. docs/format/annotate-journal.md
// describes the form.
package journal

import "encoding/json"

// Version is the version of the journal's form.
const Version = 1

// Dir is the folder of the journal in a folder of label files, and File its name.
const (
	Dir  = ".annotate"
	File = "journal.jsonl"
)

// Kind says what an entry is.
type Kind string

// The kinds of entries.
const (
	Begin   Kind = "begin"   // the first line: whose journal it is
	Base    Kind = "base"    // what a file held when the first action on it was done
	Act     Kind = "act"     // a person's action
	Undo    Kind = "undo"    // the entry Of was taken back
	Redo    Kind = "redo"    // and done again
	Found   Kind = "file"    // a file was changed by something else, and its changes taken in
	Text    Kind = "text"    // the article's text is another, and labels were carried over
	Seen    Kind = "seen"    // labels of others were shown: passes, or suggestions
	Verdict Kind = "verdict" // a suggestion was accepted or refused
	Review  Kind = "review"  // a difference between passes was settled
)

// Action is one change to labels. Put sets an item, drop takes it out; state says
// that the labels of the article are "done" or a "draft".
type Action struct {
	Op    string          `json:"op"`             // "put", "drop" or "state"
	Kind  string          `json:"kind,omitempty"` // "mention", "event", "actor" or "unlabelled"
	ID    string          `json:"id,omitempty"`
	Value json.RawMessage `json:"value,omitempty"` // of put the item as label files have it; of state a string
}

// Entry is one line.
type Entry struct {
	Seq     int     `json:"seq"`  // from 1, without gaps
	Time    string  `json:"time"` // UTC, RFC 3339
	Kind    Kind    `json:"kind"`
	Version int     `json:"journal_version,omitempty"` // of Begin
	Pass    string  `json:"pass,omitempty"`            // of Begin; "" for the labels themselves
	Article string  `json:"article,omitempty"`         // doc_id; "" for the table of actors
	Why     string  `json:"why,omitempty"`             // in the words of the page
	Seconds float64 `json:"seconds,omitempty"`         // that a person took
	Of      int     `json:"of,omitempty"`              // the entry that is undone or redone

	Text   string            `json:"text_sha256,omitempty"` // of the text that spans count in
	Do     []Action          `json:"do,omitempty"`
	Back   []Action          `json:"inverse,omitempty"` // in the order to do them
	Before map[string]string `json:"before,omitempty"`  // SHA-256 of files as they were, by name; "" for none
	After  map[string]string `json:"after,omitempty"`   // and as they become

	Shown  []string        `json:"shown,omitempty"`  // of Seen: names of passes, "gold", "suggestions"
	Item   string          `json:"item,omitempty"`   // of Verdict and Review: the suggestion or difference
	Choice string          `json:"choice,omitempty"` // "accept", "refuse", "a", "b" or "third"
	Reason string          `json:"reason,omitempty"` // of Review
	Detail json.RawMessage `json:"detail,omitempty"` // of Review: the difference, for the record
}
