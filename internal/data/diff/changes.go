package diff

import (
	"encoding/json"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/version"
)

// Changes is what tells one dataset from an older one.
type Changes struct {
	Old      dataset.Identity        `json:"old"`
	New      dataset.Identity        `json:"new"`
	Bump     string                  `json:"bump"`               // none, patch, minor or major: the least that the new version must be raised by
	Least    string                  `json:"least_version"`      // the least version that the new dataset may bear
	Reasons  []string                `json:"reasons"`            // why, the weightiest first
	Metadata []ColumnChange          `json:"metadata,omitempty"` // of the dataset as a whole
	Articles []ArticleChange         `json:"articles,omitempty"` // in order of doc_id
	Actors   []LabelChange           `json:"actors,omitempty"`   // in order of actor_id
	Counts   []ChangeCount           `json:"counts,omitempty"`   // by table and kind
	bump     version.Bump            // the same as Bump
	reasons  map[string]version.Bump // by text
}

// The kinds of change.
const (
	ChangeAdded   = "added"
	ChangeRemoved = "removed"
	ChangeMoved   = "moved"   // the same surface at other offsets
	ChangeRetyped = "retyped" // another type
	ChangeOther   = "changed" // anything else
)

// ColumnChange is a value that changed, in canonical JSON.
type ColumnChange struct {
	Column string          `json:"column"`
	Old    json.RawMessage `json:"old"`
	New    json.RawMessage `json:"new"`
}

// ArticleChange is what changed in one article.
type ArticleChange struct {
	DocID    string         `json:"doc_id"`
	Kind     string         `json:"kind"` // added, removed or changed
	Labelled bool           `json:"labelled"`
	Columns  []ColumnChange `json:"columns,omitempty"`
	Labels   []LabelChange  `json:"labels,omitempty"`
	Whole    *LabelRows     `json:"whole,omitempty"`  // all labels of the article came or went at once
	Passes   bool           `json:"passes,omitempty"` // the passes before adjudication changed
}

// LabelRows is how many labels an article of both datasets has whose labels came or went as a whole.
type LabelRows struct {
	Kind      string `json:"kind"` // added or removed
	Mentions  int    `json:"mentions"`
	Events    int    `json:"events"`
	Arguments int    `json:"arguments"`
}

func (r *LabelRows) rows() int { return r.Mentions + r.Events + r.Arguments }

// LabelChange is a label, or an actor, that was added, removed or changed.
type LabelChange struct {
	Table   string         `json:"table"`
	Kind    string         `json:"kind"`
	ID      string         `json:"id"`
	Text    string         `json:"text,omitempty"`
	Type    string         `json:"type,omitempty"`
	Old     *[2]int32      `json:"old_span,omitempty"`
	New     *[2]int32      `json:"new_span,omitempty"`
	Columns []ColumnChange `json:"columns,omitempty"`
}

// ChangeCount is how many rows of a table changed in a way.
type ChangeCount struct {
	Table string `json:"table"`
	Kind  string `json:"kind"`
	Count int    `json:"count"`
}

// BumpNeeded is the least bump that the changes ask for.
func (c *Changes) BumpNeeded() version.Bump { return c.bump }
