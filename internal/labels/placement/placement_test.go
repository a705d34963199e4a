package placement

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/mizan-corpus/mizan/schema"
)

// Each case is a text in which the meant places stand between brackets, an
// answer's surfaces in its order, and for each the kind of its place; offsets
// follow from the brackets.
func TestAssign(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		items      string // "surface", or "before|surface|after", divided by ;
		kinds      string
	}{
		// Exact and folded are one pool.
		{"second differs by a vowel sign", "وصل [ماكرون] ثم غادر [مَاكرون].", "ماكرون;ماكرون", "likely several"},
		{"a whole word folded before letters in a word", "قالت العراقية إن [عِراق] واحد.", "عراق", "folded"},
		{"marks behind the last letter", "زار [عمّانُ] و[حلبَ].", "عمان;حلب", "folded folded"},
		{"alef and hamza", "دعا [إبراهيم] [رئيسَ] [مؤتمر]", "ابراهيم;رييس;موتمر", "folded folded folded"},
		{"ta marbuta and yeh", "في [القاهرة] [مصطفى]", "القاهره;مصطفي", "folded folded"},
		{"presentation forms", "قال [الله] و[ﻻﻓﺮوف]", "ﷲ;لافروف", "folded folded"},
		{"tatweel", "من [سـوريــا]", "سوريا", "folded"},
		{"digits", "في [٢٠١٦] و[2017]", "2016;٢٠١٧", "folded folded"},
		{"Persian letters", "رئيس [ایران] و[کویت]", "ايران;كويت", "folded folded"},
		{"decomposed", "In [Co\u0302te d\u2019Ivoire] met.", "Côte d'Ivoire", "folded"},
		{"accents stripped", "M. [Hervé Ladsous] a parlé.", "herve ladsous", "folded"},
		{"ligatures", "les [œuvres] et la [Straße]", "oeuvres;strasse", "folded folded"},
		{"dotless i", "[İstanbul] ve [Işık]", "ISTANBUL;işik", "folded folded"},
		{"final sigma", "στην [Θεσσαλονίκης]", "ΘΕΣΣΑΛΟΝΙΚΗΣ", "folded"},
		{"full width", "於 [ＵＮ] 總部", "UN", "folded"},
		{"half width kana", "[ガーナ]の首都", "ｶﾞｰﾅ", "folded"},
		{"Hangul taken apart", "[서울]에서", "\u1109\u1165\u110b\u116e\u11af", "folded"},
		{"no spaces between words", "王毅在[北京]会见了拉夫罗夫", "北京", "exact"},
		{"quotes", "la « [Croix-Rouge] » et l’[O.N.U.]", "Croix‑Rouge;O.N.U.", "folded exact"},
		{"spaces of a tokenizer", "l’[Union d’Arabie Saint-Denis] a", "Union d ' Arabie Saint - Denis", "folded"},
		{"a space too few", "قال [عبد الفتاح] إن", "عبدالفتاح", "folded"},
		{"not I ran", "and then I ran home", "Iran", "nowhere"},
		// Words and proclitics.
		{"proclitics stay outside", "و[لبنان] فب[مصر] ول[دمشق]", "لبنان;مصر;دمشق", "exact exact exact"},
		{"inside a word at last", "قال [علي]يف ذلك", "علي", "inside"},
		{"three proclitics are none", "سوف[بلد]", "بلد", "inside"},
		// Edges.
		{"trailing punctuation", "met [Lavrov] today", "Lavrov.", "edge"},
		{"wrapping quotes", "the group [Wagner] left", "“Wagner”", "edge"},
		{"the article written with the preposition", "رسالة إلى ل[لكرملين] وأخرى ل[لجنة]", "الكرملين;اللجنة", "edge edge"},
		{"an article too few", "وصل [الوزير] أمس", "وزير", "edge"},
		{"an article too many", "أعلن [كرملين] ذلك", "الكرملين", "edge"},
		{"an English article too many", "[United Nations] said", "the United Nations", "edge"},
		{"with the proclitic of the text", "قال ماكرون و[ماكرون] وال[رئيس] [والد] الطفل", "وماكرون", "edge"},
		{"with the proclitic before the article", "أيدته و[الأردن] ثم ل[لأمم المتحدة]", "والأردن;للأمم المتحدة", "edge edge"},
		{"a first letter that may be a proclitic", "وصل [وديع] و[واشنطن]", "وديع;واشنطن", "likely exact"},
		{"no proclitic", "عاد [والد] فلان إلى [لبنان]", "والد;لبنان", "exact exact"},
		{"an abbreviation", "the [U.S.] and [Acme Inc.] agreed", "U.S.;Acme Inc.", "exact exact"},
		{"a quotation in it", "وصل [وفد \"الرياض\"] أمس", "وفد \"الرياض\"", "exact"},
		{"a bracket that was cut", "the [UN] (left)", "(UN", "edge"},
		{"a proclitic too many", "وصل [ماكرون] أمس", "وماكرون", "edge"},
		{"punctuation elsewhere", "[Riad] met Riad.", "|Riad.|met", "edge"},
		// Context.
		{"context decides against an exact place", "وصل اردوغان إلى برلين. وقال الوزير إن [أردوغان] سيغادر.", "الوزير إن|اردوغان|سيغادر", "folded"},
		{"context decides for a glued place", "أعلنت الأمم المتحدة ذلك. المنظمة التابعةل[لأمم المتحدة] رفضت.", "التابعةل|لأمم المتحدة|رفضت", "inside"},
		{"context with the surface in it", "Lavrov met Kerry. Then [Lavrov] said that Iran agreed.", "Kerry. Then Lavrov|Lavrov|Lavrov said that Iran", "context"},
		{"the sentence on both sides", "Lavrov met Kerry. Then [Lavrov] said that.", "Then Lavrov said that.|Lavrov|Then Lavrov said that.", "context"},
		{"context without marks", "قالَ بوتينُ لِماكرونَ. ثُمَّ أكَّدَ [بوتينُ] الاتفاقَ", "ثم أكد|بوتين|الاتفاق", "folded"},
		{"words that are nowhere", "[Oman] agreed.", "said by|Oman|yesterday night", "likely"},
		{"one of several", "[Oman] and Oman", "Oman", "several"},
		// Order.
		{"the order of the answer", "Bern: Oman met Rome. [Paris]: [Oman] met [Kyiv]. Oman left [Bonn].", "Paris;Oman;Kyiv;Bonn", "exact several exact exact"},
		{"whole words use up", "[Ali] spoke to Aliyev", "Ali;Ali", "likely nowhere"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var text []rune
			var want []schema.Span
			for _, r := range tt.text {
				switch r {
				case '[':
					want = append(want, schema.Span{Start: int32(len(text))})
				case ']':
					want[len(want)-1].End = int32(len(text))
				default:
					text = append(text, r)
				}
			}
			var items []Item
			for _, s := range strings.Split(tt.items, ";") {
				it := Item{Surface: s, Type: "GPE", Given: schema.NoSpan, Claimed: -1}
				if p := strings.Split(s, "|"); len(p) == 3 {
					it.Surface, it.Around = p[1], Around{p[0], p[2]}
				}
				items = append(items, it)
			}
			var kinds []string
			for i, c := range NewFinder(schema.NewIndex(string(text))).Assign(items) {
				kinds = append(kinds, c.Kind.String())
				if c.Kind == Nowhere {
					continue
				}
				if i >= len(want) || c.Span != want[i] {
					t.Errorf("%s: %v %q (%s), want %v", items[i].Surface, c.Span, string(text[c.Span.Start:c.Span.End]), c.Note, want)
				}
				if (c.Kind == Exact) != (c.Note == "") || c.Confidence <= 0 || c.Confidence > 1 {
					t.Errorf("%s: %+v", items[i].Surface, c)
				}
			}
			if got := strings.Join(kinds, " "); got != tt.kinds {
				t.Errorf("kinds %s, want %s", got, tt.kinds)
			}
		})
	}
}

// A long text with thousands of items is placed in a time that grows with their
// sum, not with their product: an answer of 5,000 different names over a million letters.
func TestLongTextManyItems(t *testing.T) {
	if testing.Short() {
		t.Skip("seconds")
	}
	var b strings.Builder
	var items []Item
	for i := range 30_000 {
		fmt.Fprintf(&b, "قال الوزير رقم%dس إن بلاده. ", i)
		if i%6 == 0 {
			items = append(items, Item{Surface: fmt.Sprintf("رقم%dس", i), Type: "PER", Given: schema.NoSpan, Claimed: -1},
				Item{Surface: "الوزير", Type: "PER", Given: schema.NoSpan, Claimed: -1})
		}
	}
	start := time.Now()
	wrong := 0
	for i, c := range NewFinder(schema.NewIndex(b.String())).Assign(items) {
		if i%2 == 0 && c.Kind != Exact {
			wrong++
		}
	}
	if wrong > 0 {
		t.Errorf("%d of %d names are not placed exactly", wrong, len(items)/2)
	}
	t.Logf("%d items over %d bytes in %v", len(items), b.Len(), time.Since(start))
}

// An answer of millions of letters is told to be nowhere before it is taken apart.
func TestLongSurfaceMakesNothing(t *testing.T) {
	f := NewFinder(schema.NewIndex("قال الوزير إن بلاده بعيدة."))
	long := strings.Repeat("الوزير ", 1<<20)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for i, c := range f.Assign([]Item{{Surface: long, Given: schema.NoSpan, Claimed: -1}, {Surface: "الوزير", Given: schema.NoSpan, Claimed: -1}}) {
		if (c.Kind == Exact) != (i == 1) {
			t.Errorf("item %d is %v", i, c.Kind)
		}
	}
	runtime.ReadMemStats(&after)
	if made := after.TotalAlloc - before.TotalAlloc; made > 1<<20 {
		t.Errorf("made %d bytes", made)
	}
}
