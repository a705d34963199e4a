package release

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/tables"
	"github.com/mizan-corpus/mizan/internal/data/walk"
	"github.com/mizan-corpus/mizan/schema"
)

// A release without texts has the tables of a release, but nothing of its texts: the
// columns text and raw of the articles are empty, and so is every surface (the column
// text of the labels). A subtitle that stands in the text is the span at which it does.
// Hashes, offsets and the map of the raw page stay, so that whoever has the articles can
// put the texts back; content hashes are those of the whole.

// ErrWithoutTexts says that a release has no texts.
var ErrWithoutTexts = &withoutTextsError{}

type withoutTextsError struct{}

func (*withoutTextsError) Error() string { return "a release without texts" }

// Hint is the next step.
func (*withoutTextsError) Hint() string {
	return "dataset hydrate puts them back from your own copies of the articles"
}

// OpenWithoutTexts opens a release without texts, whose streams give articles and labels
// without them.
func OpenWithoutTexts(dir string) (*Release, error) {
	if err := dataset.CheckFolder(dir); err != nil {
		return nil, err
	}
	r, err := openFS(os.DirFS(dir))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", dir, err)
	}
	if !r.manifest.WithoutTexts {
		return nil, fmt.Errorf("%s: a release with its texts, expected one without", dir)
	}
	return r, nil
}

// withoutTexts is an entry without anything of its article's texts. The entry itself
// stays as it is.
func withoutTexts(d *walk.Entry) *walk.Entry {
	bare := *d
	article := *d.Article
	article.Subtitle = spanOf(article.Text, article.Subtitle)
	article.Text, article.Raw = "", ""
	bare.Article = &article
	bare.Mentions = slices.Clone(d.Mentions)
	for i := range bare.Mentions {
		bare.Mentions[i].Text = ""
	}
	bare.Events = slices.Clone(d.Events)
	for i := range bare.Events {
		bare.Events[i].Text = ""
	}
	bare.Arguments = slices.Clone(d.Arguments)
	for i := range bare.Arguments {
		bareArgument(&bare.Arguments[i])
	}
	bare.PassMentions = slices.Clone(d.PassMentions)
	for i := range bare.PassMentions {
		bare.PassMentions[i].Text = ""
	}
	bare.PassEvents = slices.Clone(d.PassEvents)
	for i := range bare.PassEvents {
		bare.PassEvents[i].Text = ""
	}
	bare.PassArguments = slices.Clone(d.PassArguments)
	for i := range bare.PassArguments {
		bareArgument(&bare.PassArguments[i].ArgumentRow)
	}
	return &bare
}

// bareArgument takes the surface out of an argument that has its place.
func bareArgument(a *tables.ArgumentRow) {
	if a.Span.IsSet() {
		a.Text = ""
	}
}

// spanOf is the first place of a part in a text, as a [schema.Span] is written, or the
// part itself where the text does not have it.
func spanOf(text, part string) string {
	at := strings.Index(text, part)
	if part == "" || at < 0 {
		return part
	}
	start := int32(utf8.RuneCountInString(text[:at]))
	return schema.Span{Start: start, End: start + int32(utf8.RuneCountInString(part))}.String()
}

// Restore puts into an article of a release without texts its text, its raw page and
// what of its other columns stands in the text.
func Restore(a *schema.Article, text, raw string) {
	a.Text, a.Raw = text, raw
	var span schema.Span
	if n, err := fmt.Sscanf(a.Subtitle, "[%d,%d)", &span.Start, &span.End); err == nil && n == 2 && span.String() == a.Subtitle {
		if s, ok := schema.NewIndex(text).Slice(span); ok {
			a.Subtitle = s
		}
	}
}

// RestoreLabels puts into the labels of a release without texts the surfaces that stand
// at their places. A place outside of the text is left without, for [Build] to refuse.
func RestoreLabels(a *schema.Annotation, x *schema.Index) {
	for i := range a.Mentions {
		m := &a.Mentions[i]
		m.Text, _ = x.Slice(m.Span)
	}
	for i := range a.Events {
		e := &a.Events[i]
		e.Text, _ = x.Slice(e.Span)
		for k := range e.Arguments {
			if g := &e.Arguments[k]; g.Span.IsSet() {
				g.Text, _ = x.Slice(g.Span)
			}
		}
	}
}
