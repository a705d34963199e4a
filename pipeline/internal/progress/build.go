package progress

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/mizan-corpus/mizan/internal/data/ingest"
	"github.com/mizan-corpus/mizan/internal/visible"
)

// BuildBar draws how far a build has come on one line of a terminal. Its
// methods are for one goroutine.
type BuildBar struct {
	w     io.Writer // nil where nobody watches
	start time.Time
	drawn time.Time
	width int // of what stands on the line
	read  int // articles
}

// NewBuildBar is a bar on a terminal, and one that draws nothing elsewhere.
func NewBuildBar(w io.Writer, quiet bool) *BuildBar {
	b := &BuildBar{start: time.Now()}
	if !quiet && visible.IsTerminal(w) {
		b.w = visible.Underlying(w)
	}
	return b
}

// Reading draws the first half: articles are read, so many bytes of all.
func (b *BuildBar) Reading(p ingest.Progress) {
	b.read = p.Articles
	b.draw(fmt.Sprintf("reading  %s %d articles, %.0f/s", bar(p.Bytes, p.Total), p.Articles, b.rate(p.Articles)))
}

// Writing draws the second half.
func (b *BuildBar) Writing(articles int) {
	b.draw(fmt.Sprintf("writing  %s %d of %d articles", bar(int64(articles), int64(b.read)), articles, b.read))
}

func (b *BuildBar) rate(n int) float64 { return float64(n) / max(time.Since(b.start).Seconds(), 1e-3) }

// draw draws the line, not more often than anyone can read.
func (b *BuildBar) draw(line string) {
	const every = 100 * time.Millisecond
	if b.w == nil || time.Since(b.drawn) < every {
		return
	}
	b.drawn = time.Now()
	fmt.Fprintf(b.w, "\r%s%s", line, strings.Repeat(" ", max(0, b.width-len(line))))
	b.width = len(line)
}

// Clear takes the bar off the line, so that something else can be written.
func (b *BuildBar) Clear() {
	if b.w != nil && b.width > 0 {
		fmt.Fprintf(b.w, "\r%s\r", strings.Repeat(" ", b.width))
		b.width, b.drawn = 0, time.Time{}
	}
}

// bar is for example "[======      ]".
func bar(done, total int64) string {
	const cells = 24
	full := 0
	if total > 0 {
		full = int(min(cells, cells*done/total))
	}
	return "[" + strings.Repeat("=", full) + strings.Repeat(" ", cells-full) + "]"
}
