package page

// guessSample is the most bytes that are looked at to tell an encoding.
const guessSample = 256 << 10

// looksUTF16 reports whether raw has a zero in every other byte of its markup,
// as UTF-16 has.
func looksUTF16(raw []byte) bool { return utf16Name(raw) != "" }

func utf16Name(raw []byte) string {
	sample := raw[:min(len(raw), 4096)]
	if len(sample) < 8 {
		return ""
	}
	var zero [2]int
	for i, c := range sample {
		if c == 0 {
			zero[i&1]++
		}
	}
	switch n := len(sample) / 2; {
	case 3*zero[1] > n && 10*zero[0] < n:
		return "utf-16le"
	case 3*zero[0] > n && 10*zero[1] < n:
		return "utf-16be"
	}
	return ""
}

// GuessCharset is the name of the encoding that the bytes look like: of UTF-16, an
// Arabic one, or one of [otherCharset].
func GuessCharset(raw []byte) string {
	if name := utf16Name(raw); name != "" {
		return name
	}
	sample := raw[:min(len(raw), guessSample)]
	if name := arabicCharset(sample); name != "" {
		return name
	}
	return otherCharset(sample)
}

// arabicCharset is "windows-1256" or "iso-8859-6" for bytes that are Arabic in
// one of them, else "".
//
// In Arabic the bytes over 0x7F come in words; nearly all of them are letters,
// and of these one in eight or so is the article's alef and lam. Both encodings
// have alef at 0xC7, but lam at 0xE1 and 0xE4.
func arabicCharset(sample []byte) string {
	best, most := "", 0
	for _, c := range []struct {
		name    string
		letters func(c byte) bool
		lam     byte
	}{
		{"windows-1256", letter1256, lam1256},
		{"iso-8859-6", letter8859, 0xE4},
	} {
		letters, others, article, persian, together := 0, 0, 0, 0, 0
		for i, b := range sample {
			switch {
			case b < 0x80:
			case c.lam == lam1256 && (b == 0x81 || b == 0x8D || b == 0x8E || b == 0x90):
				persian++
			case c.letters(b):
				letters++
				if i > 0 && sample[i-1] >= 0xC0 {
					together++
				}
				if b == 0xC7 && i+1 < len(sample) && sample[i+1] == c.lam {
					article++
				}
			case b >= 0xC0:
				others++
			}
		}
		// Persian has no article, but letters that no Arabic text in this encoding
		// has: پ چ ژ گ, one in thirty or so, in words and not by themselves.
		isPersian := 100*persian > letters && 2*together > letters && letters >= 20
		if letters < 4 || 10*others > letters || 50*article < letters && !isPersian {
			continue
		}
		if s := 4*article + letters + persian - 4*others; s > most {
			best, most = c.name, s
		}
	}
	return best
}

const lam1256 = 0xE1

// letter1256 reports whether a byte of 0xC0 and over is an Arabic letter or
// sign in windows-1256: not one of the French letters that it has besides.
func letter1256(c byte) bool {
	switch c {
	case 0xC0, 0xD7, 0xE0, 0xE2, 0xE7, 0xE8, 0xE9, 0xEA, 0xEB, 0xEE, 0xEF, 0xF4, 0xF7, 0xF9, 0xFB, 0xFC, 0xFD, 0xFE, 0xFF:
		return false
	}
	return c > 0xC0
}

// letter8859 is the same in ISO 8859-6.
func letter8859(c byte) bool { return 0xC1 <= c && c <= 0xDA || 0xE0 <= c && c <= 0xF2 }
