package formats

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"io"
	"iter"
	"math/bits"
	"strings"
	"unicode/utf8"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/jsontext"
	"github.com/mizan-corpus/mizan/internal/labels/textfile"
	"github.com/mizan-corpus/mizan/schema"
)

// spaCy's DocBin (.spacy), what its training reads: one zlib stream of one
// msgpack map.
//
//	{"version", "attrs": [ATTR], "tokens": matrix of uint64, a row a token and a column an attribute, little-endian,
//	 "spaces": a byte a token, "lengths": int32 a document, "strings": [STRING], "cats": [{}], "flags": [{}],
//	 "span_groups": [map of groups, or ""], "user_data": [map]?}
//
// A string is a number in the matrix: that of spaCy's symbols (docbin_symbols.go),
// else its hash, MurmurHash64A with seed 1. The text of a document is its
// tokens, each with a space behind it where spaces says so. Entities are the
// attributes ENT_IOB, ENT_TYPE and ENT_KB_ID; groups of spans have tokens
// [start,end). Surfaces are those of the tokens, offsets Unicode code points of
// that text.
//
// Read and written is what the format spacy has: every span in the group "sc",
// the outermost mentions as entities. A document has no name: user_data's
// "doc_id" is it, ours as well as the extension attribute of that name. A
// document without any ENT_IOB and groups is not labelled: nobody looked for
// entities.
func init() {
	labels.Register(labels.Format{
		Name: "docbin", Title: "spaCy DocBin (.spacy): what spaCy trains on", Unit: schema.OffsetUnit,
		Layout: labels.OneFile, Extensions: []string{".spacy"},
		Notes: "Carries spans, types and actors. No ids, arguments, heads, attributes, confidence or discontinuous spans. " +
			"Labels that are event types become events. The whole file is in memory, on reading and on writing.",
		Detect: detectDocBin, Read: readDocBin, Write: writeDocBin,
	})
}

// Numbers of spaCy's attributes.
const (
	attrOrth    = 65
	attrIOB     = 77
	attrEntType = 78
	attrKBID    = 452
)

// docBinGrowth is how many times longer than a record a DocBin may be when it
// is unpacked: it holds a corpus.
const docBinGrowth = 8

func detectDocBin(_ string, head []byte) bool {
	if len(head) < 2 || head[0] != 0x78 {
		return false
	}
	z, err := zlib.NewReader(bytes.NewReader(head))
	if err != nil {
		return false
	}
	start := make([]byte, 64)
	n, _ := io.ReadFull(z, start) // the head may be cut off
	return n > 0 && start[0]&0xf0 == 0x80 && bytes.Contains(start[:n], []byte("attrs"))
}

// docBin is an unpacked file.
type docBin struct {
	attrs                            []any
	tokens, spaces, lengths          []byte
	strings, groups, user, cats      []any
	names                            map[uint64]string
	orth, iob, entType, kbID, stride int // columns of the matrix, -1 for none; its width
}

func readDocBin(src labels.Source, opt labels.ReadOptions) iter.Seq2[*labels.Document, error] {
	return func(yield func(*labels.Document, error) bool) {
		files, err := src.Files(".spacy", ".docbin")
		if err != nil {
			yield(nil, err)
			return
		}
		for _, file := range files {
			at := labels.Position{File: src.Display(file)}
			bin, err := openDocBin(src, file, opt)
			if err != nil {
				if !yield(nil, err) || !labels.IsRecordError(err) {
					return
				}
				continue
			}
			for i, first := 0, 0; i < len(bin.lengths)/4; i++ {
				n := int(binary.LittleEndian.Uint32(bin.lengths[4*i:]))
				r := jsontext.Record{At: at, File: strings.TrimSuffix(file, ".spacy"), Number: i + 1}
				d, err := bin.document(r, i, first, n, opt)
				if d == nil && err == nil {
					continue
				}
				if !yield(d, err) {
					return
				}
				first += n
			}
		}
	}
}

func openDocBin(src labels.Source, file string, opt labels.ReadOptions) (*docBin, error) {
	f, err := src.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	at := labels.Position{File: src.Display(file)}
	bad := func(found string) error {
		return &labels.RecordError{At: at, What: "DocBin", Found: found, Expected: "a file that spaCy's DocBin wrote"}
	}
	from := &failing{r: f}
	z, err := zlib.NewReader(from)
	if from.err != nil {
		return nil, from.err
	}
	if err != nil {
		return nil, bad("no zlib stream")
	}
	limit := docBinGrowth * int64(opt.RecordLimit())
	data, err := io.ReadAll(io.LimitReader(z, limit+1))
	switch {
	case from.err != nil:
		return nil, from.err
	case err != nil:
		return nil, bad("a broken zlib stream: " + err.Error())
	case int64(len(data)) > limit:
		return nil, textfile.TooLong(at, int(limit))
	}
	value, err := unpack(data)
	pairs, ok := value.([]packedPair)
	if err != nil || !ok {
		return nil, bad("no map in msgpack")
	}
	bin := &docBin{}
	if found := bin.take(pairs); found != "" {
		return nil, bad(found)
	}
	return bin, nil
}

// take takes the members of the map and checks that they fit together; the
// result says what was found where they do not.
func (b *docBin) take(pairs []packedPair) string {
	for _, p := range pairs {
		bytes, _ := p.value.([]byte)
		list, _ := p.value.([]any)
		switch p.key {
		case "attrs":
			b.attrs = list
		case "tokens":
			b.tokens = bytes
		case "spaces":
			b.spaces = bytes
		case "lengths":
			b.lengths = bytes
		case "strings":
			b.strings = list
		case "span_groups":
			b.groups = list
		case "user_data":
			b.user = list
		case "cats":
			b.cats = list
		}
	}
	b.stride, b.orth, b.iob, b.entType, b.kbID = len(b.attrs), -1, -1, -1, -1
	for i, a := range b.attrs {
		switch a {
		case int64(attrOrth):
			b.orth = i
		case int64(attrIOB):
			b.iob = i
		case int64(attrEntType):
			b.entType = i
		case int64(attrKBID):
			b.kbID = i
		}
	}
	total := 0
	for i := 0; i+4 <= len(b.lengths); i += 4 {
		total += int(binary.LittleEndian.Uint32(b.lengths[i:]))
	}
	if b.orth < 0 {
		return "no attribute ORTH"
	}
	if len(b.lengths)%4 != 0 || len(b.spaces) != total || len(b.tokens)%8 != 0 || len(b.tokens)/8 != total*b.stride {
		return fmt.Sprintf("%d tokens by their lengths, %d by their spaces, %d by their attributes", total, len(b.spaces), len(b.tokens)/8/b.stride)
	}
	b.names = make(map[uint64]string, len(b.strings))
	for i, s := range spacySymbols {
		b.names[uint64(i+1)] = s
	}
	for _, s := range b.strings {
		text, ok := s.(string)
		if !ok || !utf8.ValidString(text) {
			return "a string that is no UTF-8"
		}
		b.names[spacyHash(text)] = text
	}
	return ""
}

// cell is one attribute of a token.
func (b *docBin) cell(token, column int) uint64 {
	return binary.LittleEndian.Uint64(b.tokens[8*(token*b.stride+column):])
}

// spacyHashes are the numbers of the symbols.
var spacyHashes = func() map[string]uint64 {
	m := map[string]uint64{"": 0}
	for i, s := range spacySymbols {
		m[s] = uint64(i + 1)
	}
	return m
}()

// spacyHash is the number of a string in spaCy: a symbol's, else its
// MurmurHash64A (Appleby) with seed 1.
func spacyHash(s string) uint64 {
	if n, symbol := spacyHashes[s]; symbol {
		return n
	}
	const m = 0xc6a4a7935bd1e995
	h := uint64(1) ^ uint64(len(s))*m
	for ; len(s) >= 8; s = s[8:] {
		k := binary.LittleEndian.Uint64([]byte(s[:8])) * m
		h = (h ^ (k^k>>47)*m) * m
	}
	for i := len(s) - 1; i >= 0; i-- {
		h ^= bits.RotateLeft64(uint64(s[i]), 8*i)
	}
	if len(s) > 0 {
		h *= m
	}
	h = (h ^ h>>47) * m
	return h ^ h>>47
}
