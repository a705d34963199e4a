package progress

import (
	"fmt"
	"strings"

	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
)

// Most is how many notes of articles, and failures, are printed.
const Most = 20

// Notes prints what the reader of articles did not find or had to guess, a
// line an article, the first [Most] of them. They wait until [Notes.Open]: the
// articles may be read before it is known that there will be a release.
type Notes struct {
	Say func(format string, args ...any)
	Bar *BuildBar // cleared before a line

	open    bool
	waiting []string
	lines   int
	out     string // what was left out of all articles; "" for next to nothing
}

// Open prints what waits, and from now on every note as it comes.
func (l *Notes) Open() {
	l.open = true
	for _, line := range l.waiting {
		l.print(line)
	}
	l.waiting = nil
}

func (l *Notes) print(line string) {
	l.Bar.Clear()
	l.Say("note: %s", line)
}

// LeftOut takes the letters of all articles and those that each rule left out.
func (l *Notes) LeftOut(letters int, by map[document.Rule]int) {
	out := 0
	for _, n := range by {
		out += n
	}
	if 100*out >= letters {
		l.out = document.LeftOut(letters, by)
	}
}

// Add takes the notes of one article, or of the folder.
func (l *Notes) Add(notes []document.Note) {
	if l.lines++; l.lines > Most {
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
	if !l.open {
		l.waiting = append(l.waiting, line)
		return
	}
	l.print(line)
}

// Close says how many were not printed, and how much of the articles is left out.
func (l *Notes) Close() {
	if more := l.lines - Most; more > 0 && l.open {
		l.Say("note: and %d more", more)
	}
	if l.out != "" && l.open {
		l.Say("note: of all articles, %s; text --dropped lists them", l.out)
	}
}
