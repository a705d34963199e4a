package run

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// barEvery is how often a bar is drawn.
const barEvery = 100 * time.Millisecond

// Bar draws the progress of a run on one line of a terminal. Its methods are
// for one goroutine.
type Bar struct {
	w     io.Writer
	total int // articles, 0 when not known
	drawn time.Duration
	width int // of what stands on the line
}

// NewBar is a bar on w for total articles, 0 when the number is not known.
func NewBar(w io.Writer, total int) *Bar { return &Bar{w: w, total: total, drawn: -barEvery} }

// Draw draws the bar, not more often than anyone can read.
func (b *Bar) Draw(p Progress) {
	if p.Elapsed-b.drawn < barEvery && p.Done != b.total {
		return
	}
	b.drawn = p.Elapsed
	line := p.line(b.total)
	pad := strings.Repeat(" ", max(0, b.width-len(line)))
	b.width = len(line)
	fmt.Fprintf(b.w, "\r%s%s", line, pad)
}

// Clear takes the bar off the line, so that something else can be written.
func (b *Bar) Clear() {
	if b.width > 0 {
		fmt.Fprintf(b.w, "\r%s\r", strings.Repeat(" ", b.width))
		b.width, b.drawn = 0, -barEvery
	}
}

// line is for example "[=====     ] 512/1024 articles, 3 failed, 8.1/s, 63s left".
func (p Progress) line(total int) string {
	var b strings.Builder
	if total > 0 {
		const cells = 24
		full := min(cells, cells*p.Done/total)
		fmt.Fprintf(&b, "[%s%s] %d/%d articles", strings.Repeat("=", full), strings.Repeat(" ", cells-full), p.Done, total)
	} else {
		fmt.Fprintf(&b, "%d articles", p.Done)
	}
	if p.Failed > 0 {
		fmt.Fprintf(&b, ", %d failed", p.Failed)
	}
	if p.Asked > 0 && p.Elapsed > 0 {
		rate := float64(p.Asked) / p.Elapsed.Seconds()
		fmt.Fprintf(&b, ", %.1f/s", rate)
		if left := total - p.Done; left > 0 {
			fmt.Fprintf(&b, ", %v left", time.Duration(float64(left)/rate*float64(time.Second)).Round(time.Second))
		}
	}
	return b.String()
}
