package schema

// Article is one news article: its canonical text, what is known about it, and
// the raw file it was taken from. An empty string is an absent value and is
// stored as null.
type Article struct {
	DocID    string // the source file's name without extension
	Title    string
	Subtitle string
	Text     string // canonical text: title, subtitle, body lines, joined by "\n"; frozen before labelling
	Language string // ISO 639-1, e.g. "ar"
	Outlet   string
	Author   string
	URL      string

	Published         string // date as stamped, ISO 8601 "2016-07-05"
	PublishedRaw      string // the date as the page prints it
	PublishedInferred string // date inferred from other evidence, ISO 8601
	PublishedEvidence string // what the inferred date rests on

	SourceFile string // base name of the raw file
	Raw        string // the raw file, byte for byte
	RawSHA256  string // lower-case hex
	TextSHA256 string // lower-case hex, of Text as UTF-8
	RawMap     []RawSegment

	Split       string // `\w+`, e.g. "test"
	DuplicateOf string // doc_id of the article that this one repeats
	Labelled    bool   // whether gold labels exist for it
	NotLabelled []Span // see [Annotation.NotLabelled]
}

// Date is the article's best date: the inferred one where there is one, else
// the stamped one, else "".
func (a *Article) Date() string {
	if a.PublishedInferred != "" {
		return a.PublishedInferred
	}
	return a.Published
}

// RawSegment says that Length code points of the canonical text, from Start,
// were taken unchanged from the raw file, from RawStart. All three are code
// points. Segments are ordered by Start and do not overlap; a line break that
// joins two lines and that the raw file does not have is in no segment.
type RawSegment struct {
	Start    int32
	RawStart int32
	Length   int32
}

// RawOffset is the raw code point that canonical code point p was taken from.
// It reports false for a code point that is in no segment.
func (a *Article) RawOffset(p int32) (int32, bool) {
	lo, hi := 0, len(a.RawMap)
	for lo < hi {
		mid := (lo + hi) / 2
		if a.RawMap[mid].Start+a.RawMap[mid].Length <= p {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo == len(a.RawMap) || p < a.RawMap[lo].Start {
		return 0, false
	}
	return a.RawMap[lo].RawStart + p - a.RawMap[lo].Start, true
}
