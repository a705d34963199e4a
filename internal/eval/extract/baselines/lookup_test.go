package baselines

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/eval/extract"
	"github.com/mizan-corpus/mizan/internal/ontology"
	"github.com/mizan-corpus/mizan/schema"
)

// named makes a labelled article with names "TYPE actor surface", the head
// marked by brackets where it is not the whole.
func named(docID string, lines ...string) *schema.Annotation {
	a := &schema.Annotation{DocID: docID}
	at := int32(0)
	for _, line := range lines {
		f := strings.SplitN(line, " ", 3)
		plain := strings.NewReplacer("[", "", "]", "").Replace(f[2])
		m := schema.Mention{Type: f[0], ActorID: f[1], Level: "NAM", Text: plain,
			Span: schema.Span{Start: at, End: at + int32(len([]rune(plain)))}, Head: schema.NoSpan}
		if before, rest, ok := strings.Cut(f[2], "["); ok {
			head, _, _ := strings.Cut(rest, "]")
			m.Head.Start = at + int32(len([]rune(before)))
			m.Head.End = m.Head.Start + int32(len([]rune(head)))
		}
		at = m.Span.End + 7
		a.Mentions = append(a.Mentions, m)
	}
	return a
}

// marked runs ex over a text and writes every mention as TYPE:actor:text, with
// the head in brackets where it is not the whole.
func marked(t *testing.T, ex extract.Extractor, docID, text string) []string {
	t.Helper()
	got, err := ex.Extract(t.Context(), &schema.Article{DocID: docID, Text: text})
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	x := schema.NewIndex(text)
	for _, m := range got.Mentions {
		if s, ok := x.Slice(m.Span); !ok || s != m.Text {
			t.Errorf("%v is %q, not %q", m.Span, s, m.Text)
		}
		head, ok := x.Slice(m.Head)
		if !ok || !m.Span.Contains(m.Head) {
			t.Errorf("head %v is not in %v", m.Head, m.Span)
		}
		s := m.Type + ":" + m.ActorID + ":" + m.Text
		if head != m.Text {
			s += "[" + head + "]"
		}
		list = append(list, s)
	}
	return list
}

func TestLookup(t *testing.T) {
	gold := []*schema.Annotation{
		named("d1", "GPE fra فرنسا", "ORG kremlin لكرملين", "PER macron الرئيس الفرنسي [إيمانويل ماكرون]", "LOC sea المتوسط"),
		named("d2", "GPE fra فرنسا", "GPE syr سوريا", "ORG un الأمم المتحدة", "GPE lbn لبنان"),
		named("d3", "ORG fra-team فرنسا", "GPE fra فرنسا", "GPE jor الأردن"),
	}
	ex, err := extract.Open("builtin:lookup", extract.Options{Gold: gold})
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		doc, text string
		want      []string
	}{
		{"new", "زار فرنسا", []string{"GPE:fra:فرنسا"}},
		{"new", "وفرنسا وبفرنسا لفرنسا كفرنسا فلفرنسا", slices.Repeat([]string{"GPE:fra:فرنسا"}, 5)},
		{"new", "بيان للكرملين والكرملين", []string{"ORG:kremlin:لكرملين", "ORG:kremlin:الكرملين"}},
		{"new", "للأمم المتّحدة، وبالأمـم المتحده", []string{"ORG:un:لأمم المتّحدة", "ORG:un:الأمـم المتحده"}},
		{"new", "الأمم\nالمتحدة", nil},
		{"new", "في لبنان وسوريا وسورية", []string{"GPE:lbn:لبنان", "GPE:syr:سوريا"}},
		{"new", "الاردن وللأردن", []string{"GPE:jor:الاردن", "GPE:jor:لأردن"}},
		// The longest wins, with its head; the head alone is a name too.
		{"new", "قال الرئيس الفرنسي إيمانويل ماكرون", []string{"PER:macron:الرئيس الفرنسي إيمانويل ماكرون[إيمانويل ماكرون]"}},
		{"new", "الرئيس الفرنسي، ايمانويل ماكرون", []string{"PER:macron:الرئيس الفرنسي، ايمانويل ماكرون[ايمانويل ماكرون]"}},
		{"new", "وإيمانويل ماكرون", []string{"PER:macron:إيمانويل ماكرون"}},
		{"new", "البحر المتوسط", nil}, // LOC is no actor
		// Left out: names labelled in the article itself only.
		{"d1", "الكرملين وإيمانويل ماكرون وفرنسا", []string{"GPE:fra:فرنسا"}},
		{"d2", "سوريا ولبنان والكرملين", []string{"ORG:kremlin:الكرملين"}},
		{"new", "", nil},
		{"new", "\xff\xfe", nil},
	} {
		if test.text == "\xff\xfe" {
			if _, err := ex.Extract(t.Context(), &schema.Article{DocID: "x", Text: test.text}); err != nil {
				t.Error(err)
			}
			continue
		}
		if got := marked(t, ex, test.doc, test.text); !slices.Equal(got, test.want) {
			t.Errorf("%s %q:\ngot  %q\nwant %q", test.doc, test.text, got, test.want)
		}
	}
	// Without d2, one vote for the country and one for the team are left
	// besides d1's: the majority is 2 to 1; without d1 and d2 it would be a tie.
	tie, err := extract.Open("builtin:lookup", extract.Options{Gold: gold[2:]})
	if err != nil {
		t.Fatal(err)
	}
	if got := marked(t, tie, "new", "فرنسا"); !slices.Equal(got, []string{"GPE:fra:فرنسا"}) {
		t.Errorf("a tie gives %v, want the first in order", got)
	}
}

// Labelling more in an article never changes what is found in that article.
func TestLookupLeavesTheArticleOut(t *testing.T) {
	names := []string{"لكرملين", "الكرملين", "روسيا", "روسيا اليوم", "لبنان", "موسكو", "اليوم"}
	rapid.Check(t, func(t *rapid.T) {
		var others, own []*schema.Annotation
		for i, n := range rapid.SliceOfN(rapid.SampledFrom(names), 1, 6).Draw(t, "others") {
			others = append(others, named(fmt.Sprint("o", i), "GPE x "+n))
		}
		for _, n := range rapid.SliceOf(rapid.SampledFrom(names)).Draw(t, "own") {
			own = append(own, named("self", "ORG y "+n))
		}
		text := strings.Join(rapid.SliceOf(rapid.SampledFrom(append(names, "وروسيا", "للكرملين", "."))).Draw(t, "text"), " ")
		var got [2][]found
		for i, gold := range [][]*schema.Annotation{others, append(own, others...)} {
			trie, err := namesFor(nil, extract.Options{Gold: gold})
			if err != nil {
				t.Fatal(err)
			}
			got[i] = trie.find("self", tokenize(text))
		}
		if !slices.Equal(got[0], got[1]) {
			t.Fatalf("%q: without own labels %v, with %v", text, got[0], got[1])
		}
	})
}

func TestReadNames(t *testing.T) {
	list, err := ReadNames(strings.NewReader("\ufeff# comment\nفرنسا\tGPE\tfra\r\n\nParis\nUN\tORG\n"), "n.txt", ontology.Default())
	want := []extract.LookupName{{Name: "فرنسا", Type: "GPE", ActorID: "fra"}, {Name: "Paris", Type: "", ActorID: ""}, {Name: "UN", Type: "ORG", ActorID: ""}}
	if err != nil || !slices.Equal(list, want) {
		t.Errorf("got %v, %v", list, err)
	}
	for text, at := range map[string]string{"a\nb\tXXX\n": "n.txt:2: type", "a\tPER\tx\ty": "n.txt:1: found 4", "--": "n.txt:1: name"} {
		if _, err := ReadNames(strings.NewReader(text), "n.txt", ontology.Default()); err == nil || !strings.HasPrefix(err.Error(), at) {
			t.Errorf("%q: got %v, want %s", text, err, at)
		}
	}
}

func FuzzTokenize(f *testing.F) {
	f.Add("وَالكرملين: ﷺ 1٢۳ \u200f«x»")
	f.Add("\xff ـــ")
	f.Fuzz(func(t *testing.T, text string) {
		n := int32(len([]rune(text)))
		last := int32(0)
		for _, tok := range tokenize(text) {
			if tok.start < last || tok.end <= tok.start || tok.end > n || tok.norm == "" {
				t.Fatalf("%q: token %+v after %d of %d", text, tok, last, n)
			}
			for i := range min(knownStarts, len([]rune(tok.norm))) {
				if tok.starts[i] < tok.start || tok.starts[i] >= tok.end {
					t.Fatalf("%q: letter %d of %+v", text, i, tok)
				}
			}
			last = tok.end
		}
	})
}

// Measured with 2,000 names over a text of 100,000 words.
func BenchmarkLookup(b *testing.B) {
	var list []extract.LookupName
	for i := range 2000 {
		list = append(list, extract.LookupName{Name: fmt.Sprintf("منظمة%d الدولية", i)})
	}
	text := strings.Repeat("اجتمع وفد منظمة7 الدولية مع وفد ومنظمة1999 الدولية في المدينة. ", 10_000)
	ex, err := extract.Open("builtin:lookup", extract.Options{Names: list})
	if err != nil {
		b.Fatal(err)
	}
	a := &schema.Article{DocID: "x", Text: text}
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if _, err := ex.Extract(b.Context(), a); err != nil {
			b.Fatal(err)
		}
	}
}
