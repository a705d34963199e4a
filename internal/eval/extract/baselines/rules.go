package baselines

import (
	"context"
	"strconv"

	"github.com/mizan-corpus/mizan/internal/eval/extract"
	"github.com/mizan-corpus/mizan/schema"
)

func init() {
	extract.RegisterBuiltin(extract.Builtin{
		Name:    "rules",
		Summary: "the names of lookup, and events by a small Arabic dictionary and word order (?names=FILE)",
		New: func(spec string, params map[string]string, opt extract.Options) (extract.Extractor, error) {
			if err := checkParams(spec, params, "names"); err != nil {
				return nil, err
			}
			names, err := namesFor(params, opt)
			if err != nil {
				return nil, err
			}
			lex, err := arabicLexicon()
			if err != nil {
				return nil, err
			}
			return &rules{spec, names, lex}, nil
		},
	})
}

// rules is a dictionary coder in the manner of KEDS, TABARI and PETRARCH: it
// looks actors and event words up in dictionaries and reads who did what to
// whom off their order, without a parser.
//
//   - Schrodt, P. A., Davis, S. G., Weddle, J. L. (1994). Political science:
//     KEDS, a program for the machine coding of event data. Social Science
//     Computer Review 12(4), 561–587.
//   - Norris, C., Schrodt, P., Beieler, J. (2017). PETRARCH2: another event
//     coding program. Journal of Open Source Software 2(9), 133.
//
// It knows Arabic only. Without names it gives events without participants.
type rules struct {
	name  string
	names *nameTrie
	lex   *lexicon
}

func (x *rules) Name() string { return x.name }

// Settings are those of lookup.
func (x *rules) Settings() map[string]string { return x.names.settings() }

// Extract marks names and events. Names are those of the lookup baseline, the
// article's own labels left out; a second event word of the same type in a
// sentence with the same participants is taken for the same event and dropped.
func (x *rules) Extract(_ context.Context, a *schema.Article) (*schema.Annotation, error) {
	runes := []rune(a.Text)
	tokens := tokenize(a.Text)
	s := &scene{tokens: tokens, names: x.names.find(a.DocID, tokens)}
	out := &schema.Annotation{DocID: a.DocID}
	taken := make([]bool, len(tokens))
	for i, f := range s.names {
		out.Mentions = append(out.Mentions, f.mention(i, runes))
		for j := f.first; j <= f.last; j++ {
			taken[j] = true
		}
	}
	s.triggers = x.lex.find(tokens, taken)
	s.prepare()

	seen := map[string]bool{}
	for k, t := range s.triggers {
		e := schema.Event{
			Span: t.span, Text: string(runes[t.span.Start:t.span.End]), Cue: schema.NoSpan,
			Type: t.form.entry.typ, CAMEO: t.form.entry.cameo,
		}
		if t.form.entry.mode != "" {
			e.Modes = []string{t.form.entry.mode}
		}
		e.Realis, e.Auxiliaries = realisOf(tokens, t)
		key := strconv.Itoa(s.sentence[t.first]) + " " + e.Type
		for _, arg := range s.arguments(k) {
			e.Arguments = append(e.Arguments, schema.Argument{
				Role: arg.role, MentionID: out.Mentions[arg.name].ID, Span: schema.NoSpan,
			})
			key += " " + arg.role + strconv.Itoa(arg.name)
		}
		if len(e.Arguments) > 0 && seen[key] {
			continue
		}
		seen[key] = true
		e.ID = "e" + strconv.Itoa(len(out.Events)+1)
		out.Events = append(out.Events, e)
	}
	return out, nil
}
