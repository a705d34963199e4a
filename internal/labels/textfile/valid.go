package textfile

import (
	"encoding/binary"
	"unicode/utf8"
)

// Valid is utf8.Valid at several times its speed on text whose characters
// take one or two bytes each, as Latin, Greek, Cyrillic, Hebrew and Arabic do.
// Eight bytes are checked at once: every continuation byte (10xxxxxx) must
// follow a lead byte (110xxxxx) and the other way round, and no lead byte may
// be C0 or C1. Other characters are decoded one by one.
func Valid(b []byte) bool {
	const tops = 0x8080808080808080
	carry := uint64(0) // 80 when the last byte before b was a lead byte
	for len(b) >= 8 {
		w := binary.LittleEndian.Uint64(b)
		if w&tops == 0 && carry == 0 {
			b = b[8:]
			continue
		}
		bit6 := w << 1 & tops
		lead := w & tops & bit6
		if lead&(w<<2) != 0 { // three or four bytes, or no UTF-8
			n := validPrefix(b, carry != 0)
			if n < 0 {
				return false
			}
			b, carry = b[n:], 0
			continue
		}
		continuation := w & tops &^ bit6
		overlong := lead &^ (w>>1&0x0F0F0F0F0F0F0F0F + 0x7F7F7F7F7F7F7F7F)
		if continuation != lead<<8|carry || overlong != 0 {
			return false
		}
		carry = lead >> 56
		b = b[8:]
	}
	if carry != 0 {
		if len(b) == 0 || b[0]&0xC0 != 0x80 {
			return false
		}
		b = b[1:]
	}
	return utf8.Valid(b)
}

// validPrefix decodes the characters up to and including the first of three or
// four bytes, and returns their length, or -1. inside tells that b begins with
// the second byte of a character of two.
func validPrefix(b []byte, inside bool) int {
	n := 0
	if inside {
		if b[0]&0xC0 != 0x80 {
			return -1
		}
		n = 1
	}
	for {
		r, size := utf8.DecodeRune(b[n:])
		if r == utf8.RuneError && size <= 1 {
			return -1
		}
		n += size
		if size > 2 {
			return n
		}
	}
}
