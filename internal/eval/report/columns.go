package report

import (
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mizan-corpus/mizan/internal/wording"
)

// columns writes rows in aligned columns, the first to the left, the others to
// the right, two spaces apart, without trailing spaces, some cells in bold.
// Widths count code points, marks apart, since terminals show those on the letter
// before. Control characters are shown as escapes: a name can neither break a row
// nor speak to the terminal.
func columns(w io.Writer, rows [][]string, bold map[cellAt]bool) error {
	var widths []int
	for r, row := range rows {
		rows[r] = visibleRow(row)
		for i, cell := range rows[r] {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], width(cell))
		}
	}
	var b strings.Builder
	for r, row := range rows {
		line := ""
		for i, cell := range row {
			pad := strings.Repeat(" ", widths[i]-width(cell))
			if bold[cellAt{r, i}] {
				cell = "\x1b[1m" + cell + "\x1b[0m"
			}
			if i == 0 {
				line += cell + pad
			} else {
				line += "  " + pad + cell
			}
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// How many code points are shown of a name in a table, and of a line: a name may be of
// any length, and every row is as wide as the widest.
const (
	longestName = 200
	longestLine = 4000
)

// shown is a line of its own.
func shown(s string) string { return visible(wording.Cut(s, longestLine)) }

// cellAt is the place of a cell: row, then column.
type cellAt struct{ row, column int }

func visibleRow(row []string) []string {
	most := longestName
	if len(row) == 1 { // a line of its own
		most = longestLine
	}
	out := make([]string, len(row))
	for i, cell := range row {
		out[i] = visible(wording.Cut(cell, most))
	}
	return out
}

// visible replaces what would not show as a character of its own: control
// characters, line and paragraph separators, and marks that turn the direction
// of the text around them.
func visible(s string) string {
	hidden := func(r rune) bool {
		return unicode.IsControl(r) || unicode.In(r, unicode.Zl, unicode.Zp, unicode.Bidi_Control)
	}
	if strings.IndexFunc(s, hidden) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if hidden(r) {
			quoted := strconv.QuoteRuneToASCII(r)
			b.WriteString(quoted[1 : len(quoted)-1])
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func width(s string) int {
	n := utf8.RuneCountInString(s)
	for _, r := range s {
		if unicode.Is(unicode.Mn, r) {
			n--
		}
	}
	return n
}
