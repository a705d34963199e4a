package formats

import (
	"bytes"
	"compress/zlib"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/schema"
)

func TestDocBinRoundTrip(t *testing.T) { checkRoundTrip(t, "docbin", ".spacy", false) }

func packedFile(t testing.TB, packed []byte) labels.Source {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	_, err := z.Write(packed)
	if closed := z.Close(); err != nil || closed != nil {
		t.Fatal(err, closed)
	}
	return labels.Source{FS: fstest.MapFS{"f.spacy": {Data: b.Bytes()}}, Path: "f.spacy"}
}

// FuzzDocBin changes the packed bytes, which a changed file would not reach.
func FuzzDocBin(f *testing.F) {
	src, _ := export(f, "docbin", ".spacy", []*labels.Document{exchanged()}, map[string]*schema.Index{"a": schema.NewIndex(emojiText)})
	z, err := zlib.NewReader(bytes.NewReader(src.FS.(fstest.MapFS)["file.spacy"].Data))
	if err != nil {
		f.Fatal(err)
	}
	var packed bytes.Buffer
	if _, err := packed.ReadFrom(z); err != nil {
		f.Fatal(err)
	}
	f.Add(packed.Bytes())
	f.Fuzz(func(t *testing.T, packed []byte) {
		for _, err := range format("docbin").Read(packedFile(t, packed), labels.ReadOptions{MaxRecord: 10000}) {
			if err != nil && !labels.IsRecordError(err) {
				t.Fatal(err)
			}
		}
	})
}

// The hashes are those of spacy.strings.hash_string of spaCy 3.8.18; "" and
// symbols have numbers of their own.
func TestSpacyHash(t *testing.T) {
	for s, want := range map[string]uint64{"coffee": 3197928453018144401, "بوتين": 7305069577300589264, "a": 11901859001352538922,
		"abcdefgh": 17751780907874141760, "abcdefghi": 13885881106499164936, "": 0, "ORG": 383, "_": 456} {
		if got := spacyHash(s); got != want {
			t.Errorf("%q: %d, want %d", s, got, want)
		}
	}
}

func TestPackedRoundTrip(t *testing.T) {
	value := rapid.Custom(func(t *rapid.T) any {
		switch rapid.IntRange(0, 3).Draw(t, "kind") {
		case 0:
			return rapid.Int64().Draw(t, "number")
		case 1:
			return strings.Repeat("ب", rapid.SampledFrom([]int{0, 1, 15, 16, 200, 40000}).Draw(t, "length"))
		case 2:
			return make([]byte, rapid.SampledFrom([]int{0, 1, 255, 256, 70000}).Draw(t, "length"))
		}
		return rapid.Bool().Draw(t, "flag")
	})
	rapid.Check(t, func(t *rapid.T) {
		list := []any{}
		for range rapid.SampledFrom([]int{0, 1, 15, 16, 20}).Draw(t, "n") {
			list = append(list, value.Draw(t, "value"))
		}
		want := []packedPair{{"a", list}, {[]byte("b"), []packedPair{}}}
		got, err := unpack(appendPacked(nil, want))
		if err != nil || !reflect.DeepEqual(got, any(want)) {
			t.Fatalf("%v, want %v: %v", got, want, err)
		}
	})
}

func TestDocBinErrors(t *testing.T) {
	number := func(list ...int64) (all []any) {
		for _, n := range list {
			all = append(all, n)
		}
		return all
	}
	hash := func(words ...string) (b []byte) {
		for _, w := range words {
			for h, i := spacyHash(w), 0; i < 8; i++ {
				b = append(b, byte(h>>(8*i)))
			}
		}
		return b
	}
	for name, tt := range map[string]struct {
		packed []packedPair
		want   string
	}{
		"no ORTH": {[]packedPair{{"attrs", number(66)}}, "f.spacy: DocBin: found no attribute ORTH"},
		"lengths": {[]packedPair{{"attrs", number(65)}, {"tokens", hash("x")}, {"spaces", []byte{0}}, {"lengths", []byte{2, 0, 0, 0}}}, "found 2 tokens by their lengths, 1 by their spaces, 1 by their attributes"},
		"word":    {[]packedPair{{"attrs", number(65)}, {"tokens", hash("x")}, {"spaces", []byte{0}}, {"lengths", []byte{1, 0, 0, 0}}}, "f.spacy: token 0: found a hash that is of none of the file's strings"},
		"groups": {[]packedPair{{"attrs", number(65)}, {"tokens", hash("x")}, {"spaces", []byte{0}}, {"lengths", []byte{1, 0, 0, 0}}, {"strings", []any{"x"}}, {"span_groups", []any{[]byte{1}}}},
			"f.spacy: span_groups: found what is no groups of spans"},
	} {
		if _, err := labels.ReadAll(format("docbin").Read(packedFile(t, appendPacked(nil, tt.packed)), labels.ReadOptions{})); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	opt := labels.ReadOptions{}
	said := heard(&opt)
	blank := packedFile(t, appendPacked(nil, []packedPair{{"attrs", number(65, 77)}, {"tokens", append(hash("x"), make([]byte, 8)...)}, {"spaces", []byte{0}}, {"lengths", []byte{1, 0, 0, 0}}, {"strings", []any{"x"}}}))
	if docs, err := labels.ReadAll(format("docbin").Read(blank, opt)); len(docs) > 0 || err != nil || len(*said) != 1 || !strings.Contains((*said)[0], "not labelled: f no entities are set") {
		t.Error(docs, err, *said)
	}
}
