package schema

import "math/bits"

// skip goes over the first n code points of valid UTF-8, or over all of them
// where there are fewer: it is how many bytes, code points and UTF-16 units they
// are. Eight bytes are looked at together: a code point begins at each byte that
// is no continuation (10xxxxxx), and takes two units where that is 11110xxx.
func skip(text string, n int) (size, points, units int) {
	const low = 0x0101010101010101
	for ; n-points >= 8 && size+8 <= len(text); size += 8 {
		w := load(text, size)
		begins := (^w>>7 | w>>6) & low
		points += bits.OnesCount64(begins)
		units += bits.OnesCount64(w >> 7 & (w >> 6) & (w >> 5) & (w >> 4) & low)
	}
	for size < len(text) {
		c := text[size]
		if c&0xC0 != 0x80 {
			if points == n {
				break
			}
			points++
		}
		if c >= 0xF0 {
			units++
		}
		size++
	}
	return size, points, units + points
}

// load is eight bytes of the text from there, the first the lowest; the compiler
// makes one read of it.
func load(text string, at int) uint64 {
	b := text[at : at+8]
	return uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
		uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
}
