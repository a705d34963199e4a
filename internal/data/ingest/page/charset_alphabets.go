package page

import (
	"strings"
	"unicode"

	"golang.org/x/text/encoding/charmap"
)

// alphabets are encodings of one byte a character, each with the letters beyond ASCII of
// the languages that it is used for. Of encodings in which a text is equally right, the
// first is taken.
var alphabets = []struct {
	name     string
	bytes    *charmap.Charmap
	latin    bool // letters stand among those of ASCII
	alphabet []string
}{
	{"windows-1252", charmap.Windows1252, true, []string{
		"éèêëàâçîïôùûüœæ", "äöüß", "áéíóúñü", "ãáàâçéêíóôõú", "àèéìòù", "éëïóöü", "åäöé", "æøåé", "áðéíóúýþæö", "àçéèíïóòúü"}},
	{"windows-1250", charmap.Windows1250, true, centralEuropean},
	{"iso-8859-2", charmap.ISO8859_2, true, centralEuropean},
	{"windows-1254", charmap.Windows1254, true, []string{"çğıiöşüâîû"}},
	{"windows-1257", charmap.Windows1257, true, []string{"ąčęėįšųūž", "āčēģīķļņšūž", "äõöüšž"}},
	{"windows-1258", charmap.Windows1258, true, []string{"àáâãăđèéêìíòóôơùúưý\u0300\u0301\u0303\u0309\u0323"}},
	{"windows-1255", charmap.Windows1255, false, []string{"אבגדהוזחטיךכלםמןנסעףפץצקרשת\u05b0\u05b4\u05b5\u05b6\u05b7\u05b8\u05b9\u05bc\u05c1\u05c2"}},
	{"windows-1251", charmap.Windows1251, false, cyrillic},
	{"koi8-r", charmap.KOI8R, false, cyrillic[:1]},
	{"koi8-u", charmap.KOI8U, false, cyrillic[1:2]},
	{"iso-8859-5", charmap.ISO8859_5, false, cyrillic},
	{"ibm866", charmap.CodePage866, false, cyrillic},
	{"windows-1253", charmap.Windows1253, false, greek},
	{"iso-8859-7", charmap.ISO8859_7, false, greek},
	{"windows-874", charmap.Windows874, false, []string{"กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรฤลฦวศษสหฬอฮฯะัาำิีึืฺุูเแโใไๅๆ็่้๊๋์ํ๎๏๐๑๒๓๔๕๖๗๘๙"}},
}

var (
	centralEuropean = []string{"ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîşţ", "čćđšž"}
	cyrillic        = []string{"абвгдежзийклмнопрстуфхцчшщъыьэюяё", "абвгдежзийклмнопрстуфхцчшщьюяіїєґ", "абвгдежзиклмнопрстуфхцчшђјљњћџ", "абвгдежзйклмнопрстуфхцчшыьэюяёіў"}
	greek           = []string{"αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋΐΰ"}
)

// marks are signs that texts of any language have.
const marks = "\u00a0«»„“”‘’‚‹›–—…·•°§©®№¿¡€£"

// otherCharset tells the encoding of bytes that are no UTF-8 and not Arabic: by pairs of
// bytes, or by the alphabet that nearly all letters belong to. Windows-1252, which any
// bytes can be, is the answer where it knows none.
func otherCharset(sample []byte) string {
	const least = 0.6 // of what stands over ASCII
	name, best := "windows-1252", least
	for i := range alphabets {
		for _, letters := range alphabets[i].alphabet {
			if fit := fits(sample, alphabets[i].bytes, letters, alphabets[i].latin); fit > best {
				name, best = alphabets[i].name, fit
			}
		}
	}
	// Thai letters stand in pairs too; of Chinese ones, one in ten is none of Thai.
	const thai = 0.97
	if pairs := pairedCharset(sample); pairs != "" && (name != "windows-874" || best < thai) {
		return pairs
	}
	return name
}

// fits is how well the bytes over ASCII are letters of an alphabet, 1 at best: what is
// something else counts twice, and so do a capital inside a word and letters of two
// scripts in one.
func fits(sample []byte, in *charmap.Charmap, letters string, latin bool) float64 {
	good, bad := 0, 0
	before := ' '
	met := map[rune]bool{}
	for i, c := range sample {
		r := rune(c)
		if c >= 0x80 {
			r = in.DecodeByte(c)
			asciiLetter := func(k int) bool {
				return k >= 0 && k < len(sample) && (sample[k]|0x20 >= 'a' && sample[k]|0x20 <= 'z')
			}
			switch {
			case strings.ContainsRune(marks, r):
			case !strings.ContainsRune(letters, unicode.ToLower(r)),
				unicode.IsUpper(r) && unicode.IsLower(before),
				!latin && (asciiLetter(i-1) || asciiLetter(i+1)):
				bad++
			default:
				good++
				met[r] = true
			}
		}
		before = r
	}
	const fewest = 6 // different letters of a script of its own; a few bytes again and again are signs
	if good == 0 || !latin && len(met) < fewest {
		return 0
	}
	return float64(good-2*bad) / float64(good+bad)
}

// paired are encodings of two bytes a character: which bytes are one, which by themselves,
// and which pairs are typical: kana, Hangul, or the characters that are most used, which
// stand first in them.
var paired = []struct {
	name    string
	pair    func(a, b byte) bool
	single  func(a byte) bool // characters of one byte over ASCII; nil for none
	typical func(a, b byte) bool
	least   int // per cent of pairs that are typical
}{
	{"euc-jp", func(a, b byte) bool { return high(a) && high(b) || a == 0x8e && in(b, 0xa1, 0xdf) }, nil,
		func(a, b byte) bool { return a == 0xa4 || a == 0xa5 }, 20},
	{"shift_jis", func(a, b byte) bool {
		return (in(a, 0x81, 0x9f) || in(a, 0xe0, 0xfc)) && in(b, 0x40, 0xfc) && b != 0x7f
	},
		func(a byte) bool { return in(a, 0xa1, 0xdf) },
		func(a, b byte) bool { return a == 0x82 && in(b, 0x9f, 0xf1) || a == 0x83 && in(b, 0x40, 0x96) }, 20},
	{"euc-kr", func(a, b byte) bool { return high(a) && high(b) }, nil,
		func(a, b byte) bool { return in(a, 0xb0, 0xc8) }, 85},
	{"gb18030", func(a, b byte) bool { return in(a, 0x81, 0xfe) && in(b, 0x40, 0xfe) && b != 0x7f }, nil,
		func(a, b byte) bool { return in(a, 0xb0, 0xd7) && high(b) }, 70},
	{"big5", func(a, b byte) bool { return in(a, 0xa1, 0xf9) && (in(b, 0x40, 0x7e) || high(b)) }, nil,
		func(a, b byte) bool { return in(a, 0xa4, 0xc6) }, 70},
}

func in(b, from, to byte) bool { return from <= b && b <= to }

func high(b byte) bool { return in(b, 0xa1, 0xfe) }

// pairedCharset is the encoding of two bytes a character that the bytes are in, "" for
// none.
func pairedCharset(sample []byte) string {
	if strings.Contains(string(sample), "\x1b$B") || strings.Contains(string(sample), "\x1b$@") {
		return "iso-2022-jp"
	}
	for _, p := range paired {
		pairs, typical, wrong := 0, 0, 0
		for i := 0; i < len(sample); i++ {
			a := sample[i]
			switch {
			case a < 0x80 || p.single != nil && p.single(a):
			case i+1 < len(sample) && p.pair(a, sample[i+1]):
				if pairs++; p.typical(a, sample[i+1]) {
					typical++
				}
				i++
			case i+1 < len(sample): // the last byte may be cut
				wrong++
			}
		}
		if pairs >= 4 && 50*wrong <= pairs && 100*typical >= p.least*pairs {
			return p.name
		}
	}
	return ""
}
