package openai

import (
	"embed"
	"strings"
	"sync"
	"text/template"

	"github.com/mizan-corpus/mizan/internal/ontology"
	"github.com/mizan-corpus/mizan/schema"
)

//go:embed prompt.md prompt_plain.md
var promptFiles embed.FS

// prompts are the prompt for the default ontology, with its annotation rules, and
// the one that is made of any other's lists alone; they are parsed when first
// asked for.
var prompts = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("").Funcs(template.FuncMap{"codes": listCodes}).ParseFS(promptFiles, "*.md"))
})

func listCodes(list []schema.Code) string {
	names := make([]string, len(list))
	for i, c := range list {
		names[i] = c.Code
	}
	return strings.Join(names, ", ")
}

// Prompt is the system message for a language model: what to mark, by the
// codes and glosses of the ontology and the annotation rules in short. It
// holds no example from a labelled article.
func Prompt(o *schema.Ontology) string {
	var b strings.Builder
	name := "prompt.md"
	if o.Name != ontology.Default().Name {
		name = "prompt_plain.md"
	}
	if err := prompts().ExecuteTemplate(&b, name, o); err != nil {
		panic(err) // embedded at build time and covered by a test
	}
	return b.String()
}

// articleMessage is the user message: the date, which relative times count
// from, and the text.
func articleMessage(a *schema.Article) string {
	var b strings.Builder
	b.WriteString("Date: ")
	if a.Published == "" {
		b.WriteString("unknown")
	} else {
		b.WriteString(a.Published)
	}
	if a.Language != "" {
		b.WriteString("\nLanguage: " + a.Language)
	}
	b.WriteString("\n\n<article>\n" + a.Text + "\n</article>\n")
	return b.String()
}
