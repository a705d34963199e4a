package datatest

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"iter"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/native"
	"github.com/mizan-corpus/mizan/internal/ontology"
	"github.com/mizan-corpus/mizan/schema"
)

// Words makes synthetic texts: Arabic, with characters outside the BMP, so that
// code points, UTF-16 units and bytes all differ.
var words = strings.Fields("الرئيس موسكو واشنطن 😀 بحث اتصال هاتفي وزير الخارجية الأزمة سورية دمشق لقاء قمة 𐎀𐎁 أكد جنيف المفاوضات وفد المعارضة")

// Synthetic is a dataset made up of a seed. Every article has the words'
// mentions and an event with arguments; every tenth has no labels.
type Synthetic struct {
	Size       int
	Words      int // in an article
	WithPasses bool
	Splits     []string
	Mutate     func(*schema.Annotation)
}

func (s Synthetic) DocID(i int) string { return fmt.Sprintf("doc-%07d", i) }

func (s Synthetic) Article(i int) (*schema.Article, *schema.Annotation) {
	r := rand.New(rand.NewPCG(uint64(i), 7))
	var text strings.Builder
	n := max(s.Words, 8)
	docID := s.DocID(i)
	a := &schema.Annotation{DocID: docID}
	at := int32(0)
	for w := range n {
		if w > 0 {
			text.WriteByte(' ')
			at++
		}
		word := words[r.IntN(len(words))]
		length := int32(len([]rune(word)))
		span := schema.Span{Start: at, End: at + length}
		switch {
		case w == 3:
			a.Events = append(a.Events, schema.Event{ID: "e1", Span: span, Text: word, Type: "CONSULT", Modes: []string{"phone"},
				Contexts: []string{"diplomatic"}, CAMEO: "041", Realis: "actual", HopperID: docID + "-h1", Cue: schema.NoSpan})
		case w == 5:
			a.Events = append(a.Events, schema.Event{ID: "e2", Span: span, Text: word, Type: "AID", Realis: "other",
				Auxiliaries: []string{"future"}, HopperID: docID + "-h2", PartOf: docID + "-h1", Cue: schema.NoSpan})
		case w%2 == 0 && w/2 < 100:
			actor := r.IntN(4)
			a.Mentions = append(a.Mentions, schema.Mention{ID: fmt.Sprintf("m%d", w/2), Span: span, Text: word, Head: span,
				Type: []string{"PER", "ORG", "GPE", "GRP"}[actor], Level: "NAM", ActorID: fmt.Sprintf("actor-%d", actor)})
		}
		text.WriteString(word)
		at += length
	}
	last := a.Mentions[len(a.Mentions)-1]
	a.Events[0].Arguments = []schema.Argument{
		{Role: "ACTOR", MentionID: "m0", Span: schema.NoSpan}, {Role: "ACTOR", MentionID: "m1", Span: schema.NoSpan},
		{Role: "TOPIC", TargetEventID: "e2", Span: schema.NoSpan},
		{Role: "TIME", Span: last.Span, Text: last.Text, Value: "2016-07-06"},
	}
	article := &schema.Article{DocID: docID, Text: text.String(), Language: "ar", Published: "2016-07-06",
		TextSHA256: HexSum(text.String()), Raw: "raw\n" + text.String(), RawSHA256: HexSum("raw\n" + text.String()),
		SourceFile: docID + ".txt", RawMap: []schema.RawSegment{{Start: 0, RawStart: 4, Length: at}}}
	if len(s.Splits) > 0 {
		article.Split = s.Splits[i%len(s.Splits)]
	}
	if s.Mutate != nil {
		s.Mutate(a)
	}
	return article, a
}

func HexSum(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

func (s Synthetic) Labelled(i int) bool { return i%10 != 9 }

// Identity makes synthetic a [dataset.Dataset] that holds nothing in memory.
func (s Synthetic) Identity() (dataset.Identity, error) {
	return s.Meta().Identity(), nil
}

func (s Synthetic) Ontology() (*schema.Ontology, error) { return ontology.Default(), nil }

func (s Synthetic) Meta() dataset.Meta {
	return dataset.Meta{Name: "synthetic", Version: "1.0.0", Title: "Synthetic \"text\"", Licence: "CC0-1.0", Language: "ar"}
}

func (s Synthetic) Articles() iter.Seq2[*schema.Article, error] {
	return func(yield func(*schema.Article, error) bool) {
		for i := range s.Size {
			a, _ := s.Article(i)
			a.Labelled = s.Labelled(i)
			if a.Split == "" {
				a.Split = "test"
			}
			if !yield(a, nil) {
				return
			}
		}
	}
}

func (s Synthetic) Annotations() iter.Seq2[*schema.Annotation, error] {
	return func(yield func(*schema.Annotation, error) bool) {
		for i := range s.Size {
			if _, a := s.Article(i); s.Labelled(i) && !yield(a, nil) {
				return
			}
		}
	}
}

func (s Synthetic) ActorList() []schema.Actor {
	var list []schema.Actor
	for i, typ := range []string{"PER", "ORG", "GPE", "GRP"} {
		list = append(list, schema.Actor{ID: fmt.Sprintf("actor-%d", i), NameEN: fmt.Sprintf("Actor %d", i), NameAR: "فاعل " + fmt.Sprint(i), Type: typ})
	}
	list[3].Members = []string{"actor-0", "actor-1"}
	list[0].Aliases = []string{"Al"}
	list[1].Country = "SYR"
	return list
}

func (s Synthetic) Actors() iter.Seq2[*schema.Actor, error] {
	return func(yield func(*schema.Actor, error) bool) {
		for _, a := range s.ActorList() {
			if !yield(&a, nil) {
				return
			}
		}
	}
}

func (s Synthetic) Passes() iter.Seq2[*dataset.Pass, error] {
	return func(yield func(*dataset.Pass, error) bool) {
		for i := 0; i < s.Size && s.WithPasses; i += 3 {
			for _, annotator := range []string{"anna", "basil"} {
				_, a := s.Article(i)
				if annotator == "basil" {
					a.Mentions = a.Mentions[:3]
				}
				if !yield(&dataset.Pass{Annotator: annotator, Annotation: a}, nil) {
					return
				}
			}
		}
	}
}

// LabelFiles is the dataset's labels as a folder of files.
func (s Synthetic) LabelFiles(t testing.TB) labels.Source {
	t.Helper()
	files := fstest.MapFS{}
	write := func(name string, a *schema.Annotation) {
		b, err := native.AppendFile(nil, &labels.Document{Annotation: *a})
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: b}
	}
	for a := range s.Annotations() {
		write(a.DocID+".json", a)
	}
	for p := range s.Passes() {
		write("passes/"+p.Annotator+"/"+p.Annotation.DocID+".json", p.Annotation)
	}
	var b bytes.Buffer
	if err := native.WriteActors(&b, s.ActorList()); err != nil {
		t.Fatal(err)
	}
	files["actors.json"] = &fstest.MapFile{Data: b.Bytes()}
	return labels.Source{FS: files, Path: ".", Name: "labels"}
}
