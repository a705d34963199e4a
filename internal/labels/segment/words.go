package segment

import "unicode"

// Words are cut as the default word boundaries of Unicode text segmentation ask
// (UAX #29, rules WB3 to WB16): a word holds its marks and format characters, a
// number its decimal and thousands separators (3.5, ١٬٠٠٠), a word its
// apostrophe and its underscore; an emoji is one with what modifies it. Two
// things differ, as the annex allows: a full stop or colon between Arabic
// letters ends the word, since news leave out the space behind it; and white
// space and control characters are no words.

// wordClass is the Word_Break property of a code point, as far as the rules
// need it.
type wordClass uint8

const (
	classOther     wordClass = iota
	classSpace               // CR, LF, Newline, WSegSpace, controls
	classExtend              // Extend, Format, and ZWJ, which go with what is before them
	classJoiner              // ZWJ
	classLetter              // ALetter
	classArabic              // ALetter of the Arabic script
	classHebrew              // Hebrew_Letter
	classNumeric             // Numeric
	classKatakana            // Katakana
	classConnector           // ExtendNumLet
	classMidLetter           // MidLetter
	classMidNum              // MidNum
	classMidNumLet           // MidNumLet
	classSingle              // Single_Quote
	classDouble              // Double_Quote
	classRegional            // Regional_Indicator
	classPicture             // Extended_Pictographic, nearly: symbols
)

// classesOf gives the class of single characters that are told by no property
// below, or not rightly.
var classesOf = func() map[rune]wordClass {
	m := map[rune]wordClass{}
	for class, list := range map[wordClass]string{
		classJoiner:    "\u200d",
		classSpace:     "\u200b\ufeff",
		classExtend:    "\u200c\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff",
		classArabic:    "ـ",
		classNumeric:   "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u066b",
		classKatakana:  "\u3031\u3032\u3033\u3034\u3035\u309b\u309c\u30a0\u30fc\uff70",
		classConnector: "\u202f",
		classMidLetter: ":\u00b7\u0387\u055f\u05f4\u2027\ufe13\ufe55\uff1a",
		classMidNum:    ",;\u037e\u0589\u060c\u060d\u066c\u07f8\u2044\ufe10\ufe14\ufe50\ufe54\uff0c\uff1b",
		classMidNumLet: ".\u2018\u2019\u2024\ufe52\uff07\uff0e",
		classSingle:    "'",
		classDouble:    `"`,
		classPicture:   "‼⁉",
	} {
		for _, r := range list {
			m[r] = class
		}
	}
	return m
}()

// withoutSpaces are scripts whose words are not divided by spaces: the rules
// make a word of each of their characters.
var withoutSpaces = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar, unicode.Tai_Le, unicode.New_Tai_Lue, unicode.Tai_Tham}

func classOf(r rune) wordClass {
	if c, ok := classesOf[r]; ok {
		return c
	}
	switch {
	case unicode.IsSpace(r) || unicode.IsControl(r):
		return classSpace
	case unicode.IsMark(r):
		return classExtend
	case unicode.Is(unicode.Nd, r):
		return classNumeric
	case unicode.Is(unicode.Cf, r):
		return classExtend
	case unicode.Is(unicode.Katakana, r):
		return classKatakana
	case unicode.IsLetter(r) && !unicode.In(r, withoutSpaces...) || unicode.Is(unicode.Nl, r):
		return letterClass(r)
	case unicode.Is(unicode.Pc, r):
		return classConnector
	case r >= 0x1F1E6 && r <= 0x1F1FF:
		return classRegional
	case unicode.Is(unicode.So, r):
		return classPicture
	}
	return classOther
}

func letterClass(r rune) wordClass {
	switch {
	case unicode.Is(unicode.Arabic, r):
		return classArabic
	case unicode.Is(unicode.Hebrew, r):
		return classHebrew
	}
	return classLetter
}

func (c wordClass) letter() bool { return c == classLetter || c == classArabic || c == classHebrew }

func (c wordClass) word() bool { return c.letter() || c == classNumeric || c == classKatakana }

// wordScanner tells, code point by code point, whether the word goes on.
type wordScanner struct {
	classes []wordClass // of the text
	last    wordClass   // of the code point before, past those that extend it
	before  wordClass   // of the one before that
	joined  bool        // the code point just before is a joiner
	flags   int         // regional indicators in a row
}

func newWordScanner(text string) *wordScanner {
	s := &wordScanner{last: classSpace, before: classSpace}
	for _, r := range text {
		s.classes = append(s.classes, classOf(r))
	}
	return s
}

// joins reports whether code point i belongs to the word of the one before it.
// It is to be called for every code point, in order.
func (s *wordScanner) joins(i int) bool {
	c := s.classes[i]
	if (c == classExtend || c == classJoiner) && s.last != classSpace { // WB4
		s.joined = c == classJoiner
		return true
	}
	joins := s.last != classSpace && c != classSpace && (s.joined && c == classPicture || s.rules(c, i)) // WB3c
	s.joined = c == classJoiner
	if c == classRegional {
		s.flags++
	} else {
		s.flags = 0
	}
	s.before, s.last = s.last, c
	if c == classExtend || c == classJoiner { // nothing before it: a word by itself, and the next is another
		s.last = classSpace
	}
	return joins
}

func (s *wordScanner) rules(c wordClass, i int) bool {
	switch last := s.last; {
	case c == classConnector: // WB13a
		return last.word() || last == classConnector
	case last == classConnector: // WB13b
		return c.word()
	case last == classKatakana && c == classKatakana: // WB13
		return true
	case last == classRegional && c == classRegional: // WB15, WB16
		return s.flags%2 == 1
	}
	return s.withinLetters(c, i) || s.withinNumbers(c, i)
}

func (s *wordScanner) withinLetters(c wordClass, i int) bool {
	last, before := s.last, s.before
	switch {
	case last.letter() && c.letter(): // WB5
		return true
	case last.letter() && middle(c, classMidLetter) && s.after(i).letter(): // WB6
		return !endsArabic(last, c, s.after(i))
	case before.letter() && middle(last, classMidLetter) && c.letter(): // WB7
		return !endsArabic(before, last, c)
	case last == classHebrew && c == classSingle: // WB7a
		return true
	case last == classHebrew && c == classDouble: // WB7b
		return s.after(i) == classHebrew
	case before == classHebrew && last == classDouble: // WB7c
		return c == classHebrew
	}
	return false
}

// endsArabic reports whether a mark between Arabic letters ends the word.
func endsArabic(before, mark, after wordClass) bool {
	return before == classArabic && after == classArabic && mark != classSingle
}

func (s *wordScanner) withinNumbers(c wordClass, i int) bool {
	last := s.last
	return (last == classNumeric || last.letter()) && (c == classNumeric || c.letter()) || // WB8 to WB10
		s.before == classNumeric && middle(last, classMidNum) && c == classNumeric || // WB11
		last == classNumeric && middle(c, classMidNum) && s.after(i) == classNumeric // WB12
}

// middle reports whether a character may stand inside a word or number.
func middle(c, own wordClass) bool { return c == own || c == classMidNumLet || c == classSingle }

// after is the class of the next code point that is no extension.
func (s *wordScanner) after(i int) wordClass {
	for _, c := range s.classes[i+1:] {
		if c != classExtend && c != classJoiner {
			return c
		}
	}
	return classSpace
}
