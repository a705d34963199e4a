package rebase

import (
	"fmt"
	"strings"
	"testing"
)

// longText is a text of about size bytes: words of a vocabulary drawn by a
// linear congruential generator, in lines of about 80 words, or one line.
func longText(size, vocabulary int, seed uint32, oneLine bool) string {
	var b strings.Builder
	for n := 1; b.Len() < size; n++ {
		seed = seed*1664525 + 1013904223
		fmt.Fprintf(&b, "%c%d", "abcdefghij"[seed>>28%10], int(seed>>8)%vocabulary)
		if n%80 == 0 && !oneLine {
			b.WriteByte('\n')
		} else {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// The worst cases of 1 MB: other texts, few words, one line, every tenth word
// changed, everything shifted.
func BenchmarkAlignTexts(b *testing.B) {
	const size = 1 << 20
	everyTenth := func(text string) string {
		words := strings.SplitAfter(text, " ")
		for i := 0; i < len(words); i += 10 {
			words[i] = "x" + words[i]
		}
		return strings.Join(words, "")
	}
	everyOther := func(seed uint32) string { // lines of 30 words, every other one the same in all
		words := strings.Fields(longText(size, 20000, 1, true))
		others := strings.Fields(longText(2*size, 900000, seed, true))
		for i := range words {
			if i/30%2 == 1 {
				words[i] = others[i]
			}
			if i%30 == 29 {
				words[i] += "\n"
			}
		}
		return strings.Join(words, " ")
	}
	text := longText(size, 20000, 1, false)
	for _, bb := range []struct{ name, old, new string }{
		{"same", text, text},
		{"other", text, longText(size, 20000, 2, false)},
		{"other, two words", longText(size, 2, 1, false), longText(size, 2, 2, false)},
		{"other, one line", longText(size, 500, 1, true), longText(size, 500, 2, true)},
		{"every tenth word", text, everyTenth(text)},
		{"inserted", text, "A new title\n" + text[:size/2] + "\nA new paragraph\n" + text[size/2:]},
		{"one word repeated", strings.Repeat("a ", size/2), strings.Repeat("b a ", size/4)},
		{"one long word", strings.Repeat("a", size), strings.Repeat("ab", size/2)},
		{"every other line rewritten", everyOther(2), everyOther(3)},
		{"lines reversed", text, reversedLines(text)},
	} {
		b.Run(bb.name, func(b *testing.B) {
			b.SetBytes(int64(len(bb.old)))
			b.ReportAllocs()
			for b.Loop() {
				alignTexts(bb.old, bb.new)
			}
		})
	}
}

func reversedLines(text string) string {
	lines := strings.Split(text, "\n")
	for i, j := 0, len(lines)-1; i < j; i, j = i+1, j-1 {
		lines[i], lines[j] = lines[j], lines[i]
	}
	return strings.Join(lines, "\n")
}
