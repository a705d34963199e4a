package main

import (
	"fmt"
	"strings"

	"github.com/mizan-corpus/mizan/data/ingest"
)

// maxNotes is how many articles' notes are printed.
const maxNotes = 20

// noteLog prints what the reader of articles did not find or had to guess, a
// line an article, the first [maxNotes] of them.
type noteLog struct {
	app   *app
	bar   *buildBar // cleared before a line
	on    bool      // articles may be read more than once, to be noted once
	lines int
}

// add takes the notes of one article, or of the folder.
func (l *noteLog) add(notes []ingest.Note) {
	if !l.on {
		return
	}
	if l.lines++; l.lines > maxNotes {
		return
	}
	var texts []string
	for _, n := range notes {
		if n.Line > 0 {
			n.Text = fmt.Sprintf("line %d: %s", n.Line, n.Text)
		}
		texts = append(texts, n.Text)
	}
	line := strings.Join(texts, "; ")
	if file := notes[0].File; file != "" {
		line = file + ": " + line
	}
	l.bar.clear()
	l.app.say("note: %s", line)
}

// close says how many were not printed.
func (l *noteLog) close() {
	if more := l.lines - maxNotes; more > 0 {
		l.app.say("note: and %d more", more)
	}
}
