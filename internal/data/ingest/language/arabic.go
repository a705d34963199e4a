package language

import "unicode/utf8"

// What the letters of the Arabic script tell; Unicode 16, block Arabic
// (U+0600 to U+06FF), and of each alphabet its own standard form.
type letterKind uint8

const (
	between letterKind = iota // ends a word
	letter
	inside // a vowel mark, tatweel or joiner: passed over
)

const (
	isSindhi  = 1 << iota // a letter of Sindhi, Kashmiri, Malay or another
	isUyghur              // ۇ ۈ ۋ
	isKurdish             // ێ ۆ ڵ ڕ: Sorani (the first two also in Badini)
	isPashto              // ټ ډ ړ ږ ښ ځ څ ڼ ۍ ګ
	isAe                  // ە, a vowel of Kurdish and Uyghur
	isUrdu                // ٹ ڈ ڑ ں ے ہ
	isPersian             // پ چ ژ گ, in the alphabets of all but Arabic
	isKeheh               // ک ی in place of ك ي
	isDoHeh               // ھ: of Urdu's aspirates; also seen for ه
	isNg                  // ڭ: Uyghur's, and in Moroccan names
	isYe                  // ې: of Pashto and of Uyghur
	isHamza               // أ إ
	isMaksura             // ى, which Uyghur writes inside words
)

type arabicLetter struct {
	kind letterKind
	fold uint16 // the letter that it is compared as
	is   uint16
}

const arabicFirst, arabicLast = 0x600, 0x6FF

var arabicLetters = func() (table [0x100]arabicLetter) {
	set := func(letters string, is uint16) {
		for _, r := range letters {
			l := &table[r-arabicFirst]
			l.kind, l.is = letter, l.is|is
			if l.fold == 0 {
				l.fold = uint16(r)
			}
		}
	}
	between := func(first, last rune, is uint16) {
		for r := first; r <= last; r++ {
			set(string(r), is)
		}
	}
	between('ء', 'غ', 0)
	between('ف', 'ي', 0)
	between(0x66E, 0x6D3, isSindhi)
	set("\u06D5\u06EE\u06EF\u06FA\u06FB\u06FC\u06FD\u06FE\u06FF", 0)
	for _, l := range []struct {
		letters string
		is      uint16
	}{
		{"ٱڤڨۀ", 0}, // ٱ of the Quran, ڤ ڨ of Arabic names too
		{"ۇۈۋ", isUyghur}, {"ێۆڵڕ", isKurdish}, {"ټډړږښځڅڼۍګ", isPashto}, {"ې", isYe}, {"ڭ", isNg}, {"ە", isAe},
		{"ٹڈڑںےۓہۂۃ", isUrdu}, {"پچژگ", isPersian}, {"کی", isKeheh}, {"ھ", isDoHeh},
	} {
		for _, r := range l.letters {
			table[r-arabicFirst].is = 0
		}
		set(l.letters, l.is)
	}
	set("أإ", isHamza)
	set("ى", isMaksura)
	for from, to := range map[rune]rune{'ی': 'ي', 'ک': 'ك', 'ھ': 'ه', 'ٱ': 'ا', 'ۀ': 'ه'} {
		table[from-arabicFirst].fold = uint16(to)
	}
	for _, marks := range [][2]rune{{0x610, 0x61A}, {'ـ', 'ـ'}, {0x64B, 0x65F}, {0x670, 0x670}, {0x6D6, 0x6DC}, {0x6DF, 0x6E8}, {0x6EA, 0x6ED}} {
		for r := marks[0]; r <= marks[1]; r++ {
			table[r-arabicFirst] = arabicLetter{kind: inside}
		}
	}
	return table
}()

// arabicAt is the character of the Arabic block that stands at byte i of s, or
// nil; all of them take two bytes in UTF-8.
func arabicAt(s string, i int) *arabicLetter {
	if i+1 < len(s) && 0xD8 <= s[i] && s[i] <= 0xDB && s[i+1]&0xC0 == 0x80 {
		return &arabicLetters[s[i]&3<<6|s[i+1]&0x3F]
	}
	return nil
}

// arabicScan is a word under way.
type arabicScan struct {
	hash    uint64
	is      uint16    // all that is true of a letter of it
	n       int       // letters
	head    [3]uint16 // the first letters, folded
	tail    uint64    // the last four letters, folded, the last one lowest
	joiner  bool      // has a zero-width non-joiner between letters
	maksura bool      // has ى before another letter
}

const nonJoiner = '\u200C'

// arabicWord takes the word at the head of s and says how long it is.
func (t *tally) arabicWord(s string) int {
	w := arabicScan{hash: hashSeed}
	i, joined := 0, false
	for i < len(s) {
		l := arabicAt(s, i)
		if l == nil {
			if s[i] < utf8.RuneSelf {
				break
			}
			r, n := utf8.DecodeRuneInString(s[i:])
			if r != nonJoiner && r != '\u200D' && r != '\u200E' && r != '\u200F' && r != '\u00AD' {
				break
			}
			joined = joined || r == nonJoiner
			i += n
			continue
		}
		if l.kind == between {
			break
		}
		i += 2
		if l.kind == inside {
			continue
		}
		if joined {
			w.joiner, joined = true, false
		}
		if uint16(w.tail) == 'ى' && l.fold != 'ء' && w.n > 0 {
			w.maksura = true
		}
		if w.n < len(w.head) {
			w.head[w.n] = l.fold
		}
		w.n++
		w.tail = w.tail<<16 | uint64(l.fold)
		w.is |= l.is
		w.hash = hashRune(w.hash, rune(l.fold))
	}
	t.arabic++
	t.add(w.word())
	return i
}

// word is the evidence of one word. A listed word counts first, then a letter
// that few alphabets have, then what only Arabic words have (the article,
// hamza on an initial alef, final ة), then what only tells against Arabic: a
// text with ی, ک or a name in پ is no less Arabic if its other words are.
func (w *arabicScan) word() wordEvidence {
	if e, ok := evidence().find(w.hash); ok {
		return e
	}
	last := uint16(w.tail)
	switch is := w.is; {
	case is&isSindhi != 0:
		return sure(otherArabic)
	case is&isUyghur != 0 || w.maksura:
		return sure(uyghur)
	case is&isKurdish != 0:
		return sure(sorani)
	case is&isPashto != 0:
		return sure(pashto)
	case is&isAe != 0:
		return only(sorani)
	case is&isUrdu != 0:
		return sure(urdu)
	case is&isYe != 0:
		return only(pashto).or(uyghur)
	case w.joiner && w.turkic():
		return sure(otherArabic)
	case w.joiner:
		return only(persian)
	case w.article():
		if is&(isKeheh|isPersian) != 0 {
			return weak(arabic)
		}
		return only(arabic)
	case w.n > 2 && (w.head[0] == 'أ' || w.head[0] == 'إ' || last == 'ة'):
		return only(arabic)
	case is&isNg != 0:
		return only(uyghur)
	case w.n > 4 && w.tail&(1<<48-1) == 'ه'<<32|'ا'<<16|'ي':
		return only(persian) // the plural in ـهای, with its link
	case is&(isPersian|isKeheh) != 0:
		return weak(persian).or(urdu).or(sorani)
	case is&isDoHeh != 0:
		return weak(urdu)
	case is&(isHamza|isMaksura) != 0:
		return weak(arabic)
	}
	return wordEvidence{}
}

// turkic reports whether the word ends as words of Azerbaijani and Turkmen do,
// which join their endings as Persian does: the plural in ـلر and ـلار and its
// cases, the genitive in ـنین, the copula in ـدیر.
func (w *arabicScan) turkic() bool {
	four, three, two := w.tail, w.tail&(1<<48-1), w.tail&(1<<32-1)
	lar := uint64('ل'<<32 | 'ا'<<16 | 'ر')
	return w.n > 2 && (two == 'ل'<<16|'ر' || three == lar || three == 'ل'<<32|'ر'<<16|'ي' || four == lar<<16|'ي' || four == lar<<16|'ا' ||
		three == 'ن'<<32|'ي'<<16|'ن' || three == 'د'<<32|'ي'<<16|'ر' || three == 'ل'<<32|'ر'<<16|'ه' || four == uint64('ل')<<48|'ر'<<32|'د'<<16|'ه')
}

// article reports whether the word begins with ال, alone or behind one of the
// particles that are written with it, and is longer by three letters.
func (w *arabicScan) article() bool {
	h := &w.head
	switch {
	case h[0] == 'ا' && h[1] == 'ل':
		return w.n >= 5
	case h[1] == 'ا' && h[2] == 'ل':
		return w.n >= 6 && (h[0] == 'و' || h[0] == 'ب' || h[0] == 'ف' || h[0] == 'ك')
	case h[0] == 'ل' && h[1] == 'ل':
		return w.n >= 5
	case h[0] == 'و' && h[1] == 'ل' && h[2] == 'ل':
		return w.n >= 6
	}
	return false
}
