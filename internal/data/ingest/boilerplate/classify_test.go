package boilerplate

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/mizan-corpus/mizan/internal/data/ingest/canonical"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/internal/data/ingest/ingesttest"
)

func TestClassify(t *testing.T) {
	for _, c := range []struct {
		line string
		want Class
	}{
		{"", classBlank},
		{" \u00a0", classBlank},
		{"ـــــــ ــ", ClassChrome},
		{"---------", ClassChrome},
		{"2268", ClassChrome},
		{"1,234 views", ClassChrome},
		{"عدد المشاهدات : 2268", ClassChrome},
		{"  • من الأرشيف", ClassChrome},
		{"Share  Tweet  Email", ClassChrome},
		{"مشاركة: ", ClassChrome},
		{"الرئيسية / أخبار / محليات", ClassChrome},
		{"5 hours ago", ClassChrome},
		{"منذ 3 ساعات", ClassChrome},
		{"https://example.org/a/b", ClassChrome},
		{"مقالات ذات صلة", classRelated},
		{"اقرأ أيضاً:", classRelated},
		{"إقرأ أيضا: أسعار الوقود ترتفع", classRelated},
		{"Related: Ferry strike enters second week", classRelated},
		{"YOU MAY ALSO LIKE", classRelated},
		{"اكتب تعليق", ClassEnd},
		{"التعليقات (12)", ClassEnd},
		{"رأيك في الموضوع", ClassEnd},
		{"كل الحقول التي عليها علامة (*) مطلوبة", ClassEnd},
		{"Required fields are marked *", ClassEnd},
		{"© 2017 The Harbour Courier", ClassNotice},
		{"صورة: أرشيف", ClassCaption},
		{"الرئيس في المطار (أ ف ب)", ClassCaption},
		{"Photo: Boats in the harbour", ClassCaption},
		{"  • 2016-07-05", ClassMeta},
		{"● أخبار سورية ٢١ نوفمبر ٢٠١٧", ClassMeta},
		{"03 أيلول 2016 ق. د/ الوكالات", ClassMeta},
		{"المصدر : الماسة السورية", ClassMeta},
		{"المصدر: شبكة شام الكاتب: فريق التحرير", ClassMeta},
		{"By Jane Doe", ClassMeta},
		{"كتب - محمود سالم", ClassMeta},
		{"Last updated: March 5, 2021 at 9:10 am", ClassMeta},
		// Text that looks a little like furniture.
		{"Related developments in Geneva", ClassText},
		{"Share prices fall", ClassText},
		{"صورة جديدة للعلاقات بين البلدين", ClassText},
		{"المزيد من المساعدات يصل إلى المخيمات بعد فتح الطريق", ClassText},
		{"Comments by the minister anger farmers", ClassText},
		{"By noon the square was full of people", ClassText},
		{"وقال المصدر: الوضع هادئ في المدينة ومحيطها.", ClassText},
		{"The treaty was signed on 5 July 2016 in the old town hall.", ClassText},
		{"مصدر: القوات تنسحب من المدينة خلال أيام", ClassText},
		{"إعلان وقف إطلاق النار في الجنوب", ClassText},
		{"نعم.", ClassText},
	} {
		l := Classify([]canonical.Line{trimmed(c.line)})[0]
		if l.Class != c.want {
			t.Errorf("%q is class %d, want %d", c.line, l.Class, c.want)
		}
	}
}

func trimmed(s string) canonical.Line {
	l, _ := canonical.TrimLine(s, 0)
	return l
}

func TestStrength(t *testing.T) {
	for _, c := range []struct {
		line string
		want bool
	}{
		{"A short headline without a stop", false},
		{"One.", false},
		{"The council has approved a new school.", true},
		{"He said: \"The council has approved it.\"", true},
		{"Is the old mill closing for good this time?", false},
		{"And so on and so on and so on...", false},
		{"学校将于两年后在东区开放，可容纳四百名学生。", true},
	} {
		if l := Classify([]canonical.Line{{Text: c.line}})[0]; l.Strong != c.want {
			t.Errorf("%q: strong %v, want %v", c.line, l.Strong, c.want)
		}
	}
}

func TestLabels(t *testing.T) {
	for _, c := range []struct {
		line string
		want []labelled
	}{
		{"المصدر : الماسة السورية", []labelled{{labelSource, "الماسة السورية"}}},
		{"المصدر: شبكة شام الكاتب: فريق التحرير", []labelled{{labelSource, "شبكة شام"}, {LabelAuthor, "فريق التحرير"}}},
		{"Source: Valley Radio", []labelled{{labelSource, "Valley Radio"}}},
		{"Written by: Ann Lee and Tom Fox", []labelled{{LabelAuthor, "Ann Lee and Tom Fox"}}},
		{"By Jane Doe", []labelled{{LabelAuthor, "Jane Doe"}}},
		{"بقلم محمد أحمد", []labelled{{LabelAuthor, "محمد أحمد"}}},
		{"Published: March 4, 2021 at 6:00 pm", []labelled{{labelDate, "March 4, 2021 at 6:00 pm"}}},
		{"وقال المصدر: الوضع هادئ", nil},
		{"By noon it was over", nil},
		{"10:30", nil},
	} {
		if got := Labels(c.line); !slices.Equal(got, c.want) {
			t.Errorf("labels(%q) = %v, want %v", c.line, got, c.want)
		}
	}
}

// TestNotes fixes what the reader says about each made-up page.
func TestNotes(t *testing.T) {
	for _, c := range []struct {
		file string
		want []document.Code
	}{
		{"ar_two_copies.txt", []document.Code{document.NoteDump, document.NoteRepeated, document.NoteNoAuthor}},
		{"ar_no_title.txt", []document.Code{document.NoteNoTitle, document.NoteNoDate, document.NoteNoOutlet, document.NoteNoAuthor}},
		{"ar_portal.txt", []document.Code{document.NoteDump, document.NoteGuess}},
		{"en_ambiguous.txt", []document.Code{document.NoteDump, document.NoteAmbiguousDate, document.NoteNoOutlet, document.NoteNoAuthor}},
		{"en_updated.txt", []document.Code{document.NoteDump, document.NoteSeveralDates, document.NoteGuess}},
		{"en_dateline.txt", []document.Code{document.NoteGuess, document.NoteNoOutlet, document.NoteNoAuthor}},
		{"fr_plain.txt", []document.Code{document.NoteDump, document.NoteNoOutlet}},
	} {
		raw, err := os.ReadFile(filepath.Join("testdata/pages", c.file))
		if err != nil {
			t.Fatal(err)
		}
		d, err := ReadText(c.file, raw, document.TextAuto)
		if err != nil {
			t.Fatal(err)
		}
		var got []document.Code
		for _, n := range d.Notes {
			got = append(got, n.Code)
			if n.File != c.file {
				t.Errorf("%s: note %v names no file", c.file, n)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: notes %v, want %v", c.file, d.Notes, c.want)
		}
	}
}

// An ambiguous date is kept as printed, without a reading.
func TestAmbiguousDateIsKept(t *testing.T) {
	raw, err := os.ReadFile("testdata/pages/en_ambiguous.txt")
	if err != nil {
		t.Fatal(err)
	}
	d, err := ReadText("x.txt", raw, document.TextAuto)
	if err != nil {
		t.Fatal(err)
	}
	if a := d.Article; a.Published != "" || a.PublishedRaw != "04/05/2019" {
		t.Errorf("published %q, raw %q", a.Published, a.PublishedRaw)
	}
}

// The site's name is cut off a title that stands nowhere without it.
func TestTitleSuffix(t *testing.T) {
	d, err := ReadText("x.txt", []byte("Night buses to run all week | Plains Herald\nNight buses will run all week for the first time in years, the city said.\n"), document.TextPage)
	if err != nil {
		t.Fatal(err)
	}
	ingesttest.CheckMap(t, d.Article)
	if a := d.Article; a.Title != "Night buses to run all week" || a.Outlet != "Plains Herald" {
		t.Errorf("title %q, outlet %q", a.Title, a.Outlet)
	}
}

// Copies are found whatever the line breaks are, and the complete one is kept.
func TestRepeats(t *testing.T) {
	const a = "The first sentence of the article is a long one."
	const b = "The second sentence of it is about as long as that."
	const c = "A third sentence ends what there is to say here."
	for _, tc := range []struct{ name, in, want string }{
		{"lines, then one line", a + "\n" + b + "\n" + a + " " + b + "\n", a + "\n" + b},
		{"one line, then lines", a + " " + b + "\n" + a + "\n" + b + "\n", a + " " + b},
		{"from the middle", a + "\n" + b + "\n" + c + "\n" + b + "\n" + c, a + "\n" + b + "\n" + c},
		{"the second copy goes on", a + "\n" + b + "\n" + a + " " + b + " " + c, a + " " + b + " " + c},
		{"broken inside a sentence", a + "\n" + b + "\n" + a + " The second\nsentence of it is\nabout as long as that.", a + "\n" + b},
		{"a teaser", "The first sentence of the article is a lon...\n" + a + "\n" + b, a + "\n" + b},
		{"no copy", a + "\n" + b + "\n" + c, a + "\n" + b + "\n" + c},
	} {
		d, err := ReadText("x.txt", []byte(tc.in), document.TextPage)
		if err != nil {
			t.Fatalf("%s: %v", tc.name, err)
		}
		if d.Article.Text != tc.want {
			t.Errorf("%s: got %q, want %q", tc.name, d.Article.Text, tc.want)
		}
	}
}

// On a page without full stops, long lines before the first certain paragraph
// are paragraphs, and the line above them is the title.
func TestLeadWithoutStops(t *testing.T) {
	const title = "إغلاق ثلاث طرق جبلية بعد الأمطار"
	const lead = "أغلقت الأمطار الغزيرة التي هطلت ليلة أمس ثلاث طرق جبلية تربط المدينة بالقرى المجاورة"
	const long = "وقالت المصادر نفسها إن فرق التدخل عملت طوال الليل على إزاحة الأحجار والأتربة وإن الطريق الرئيسية ستفتح أمام المسافرين في غضون ساعات قليلة إذا تحسن الطقس كما هو متوقع"
	d, err := ReadText("x.txt", []byte(title+"\n"+lead+"\n"+long+"\n"), document.TextPage)
	if err != nil {
		t.Fatal(err)
	}
	if a := d.Article; a.Title != title || a.Text != title+"\n"+lead+"\n"+long {
		t.Errorf("title %q, text %q", a.Title, a.Text)
	}
}
