package openai

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/eval/extract"
	"github.com/mizan-corpus/mizan/internal/eval/extract/wire"
	"github.com/mizan-corpus/mizan/internal/labels/answers"
	"github.com/mizan-corpus/mizan/schema"
)

// chatReply is the body of an answer of chat/completions, as far as it is used.
type chatReply struct {
	Choices []struct {
		FinishReason string `json:"finish_reason"`
		Message      struct {
			Content content `json:"content"`
			Refusal *string `json:"refusal"`
		} `json:"message"`
	} `json:"choices"`
	Usage json.RawMessage `json:"usage"`
	Error json.RawMessage `json:"error"`
}

// content is the text of a message: a string, or a list of parts, of which those with
// a text count.
type content string

// UnmarshalJSON reads either.
func (c *content) UnmarshalJSON(b []byte) error {
	var text *string
	if err := json.Unmarshal(b, &text); err == nil {
		if text != nil {
			*c = content(*text)
		}
		return nil
	}
	var parts []struct {
		Text string `json:"text"`
	}
	if err := json.Unmarshal(b, &parts); err != nil {
		return err
	}
	for _, p := range parts {
		*c += content(p.Text)
	}
	return nil
}

// content is what the model wrote. What it used is counted even where the
// answer is of no use.
func (x *openAI) content(ctx context.Context, body []byte) (string, *extract.Error) {
	var r chatReply
	if err := json.Unmarshal(body, &r); err != nil {
		kind := extract.KindInvalid
		if !json.Valid(body) {
			kind = extract.KindNotJSON
		}
		return "", &extract.Error{Kind: kind, Detail: "found " + wire.Excerpt(body) + ", expected the answer of chat/completions",
			Advice: "does the URL end where /chat/completions begins, for example in /v1?"}
	}
	if used, ok := tokensOf(r.Usage); ok {
		extract.CountTokens(ctx, used)
	} else {
		extract.Measured(ctx, func(m *extract.Meter) { m.NoUsage = true })
	}
	if len(r.Error) > 0 && string(r.Error) != "null" {
		return "", &extract.Error{Kind: extract.KindReported, Detail: wire.Clip(string(r.Error), 2000)}
	}
	if len(r.Choices) == 0 {
		return "", &extract.Error{Kind: extract.KindInvalid, Detail: "found " + wire.Excerpt(body) + ", expected an answer with choices"}
	}
	c := r.Choices[0]
	switch {
	case c.Message.Refusal != nil && *c.Message.Refusal != "":
		return "", &extract.Error{Kind: extract.KindRefused, Detail: wire.Clip(*c.Message.Refusal, 300)}
	case c.FinishReason == "content_filter":
		return "", &extract.Error{Kind: extract.KindRefused, Detail: "the service's content filter cut the answer off"}
	case c.FinishReason == "length":
		return "", &extract.Error{Kind: extract.KindTruncated, Detail: "the answer was cut off at the model's limit of tokens",
			Advice: "use a model or service with room for longer answers"}
	case strings.TrimSpace(string(c.Message.Content)) == "":
		return "", &extract.Error{Kind: extract.KindInvalid, Detail: fmt.Sprintf("found an empty answer (finish_reason %q), expected a JSON object", c.FinishReason)}
	}
	return string(c.Message.Content), nil
}

// tokensOf is the tokens that a service says were used. It is of no use to who wants
// the answer: what is no such object says nothing.
func tokensOf(usage json.RawMessage) (extract.Tokens, bool) {
	var u *struct {
		Prompt     *float64 `json:"prompt_tokens"`
		Completion *float64 `json:"completion_tokens"`
	}
	if json.Unmarshal(usage, &u) != nil || u == nil || u.Prompt == nil && u.Completion == nil {
		return extract.Tokens{}, false
	}
	count := func(n *float64) int64 {
		if n == nil || !(*n >= 0 && *n < 1<<53) {
			return 0
		}
		return int64(*n)
	}
	return extract.Tokens{Prompt: count(u.Prompt), Completion: count(u.Completion)}, true
}

// decodeAnswer reads what the model wrote: one object, whatever stands around it.
// Strict is for a model that was given the form as a schema: then the object is of
// that form. Else other forms are read where they are plain.
func decodeAnswer(content string, strict bool, o *schema.Ontology) (*modelAnswer, *extract.Error) {
	text, err := answers.Object(content, "mentions", "events")
	var a modelAnswer
	without := 0
	if err == nil {
		if err = json.Unmarshal(text, &a); err == nil {
			if without, err = a.withoutText(text); err == nil {
				err = answers.Beside(text)
			}
		}
	}
	advice := ""
	if err != nil || without > 0 && !strict {
		if got, other := answers.Parse(content, answers.Auto, o); other == nil && len(got.Tokens) == 0 && len(a.Events) == 0 && len(got.Items) > 0 {
			if !strict {
				return fromItems(got)
			}
			advice = "the service does not hold to the schema: --response-format json_object, or none, reads such an answer"
		}
	}
	if err == nil {
		return &a, nil
	}
	fault := &extract.Error{Kind: extract.KindInvalid, Detail: "the model's answer", Err: err, Advice: advice}
	var e *answers.Error
	if errors.As(err, &e) {
		fault.Err, fault.Detail = nil, "the model wrote "+strings.TrimPrefix(e.Error(), "found ")
		if !e.JSON {
			fault.Kind = extract.KindNotJSON
		}
	}
	return nil, fault
}

// withoutText is how many mentions and events have no text, which mark nothing. It is
// an error if none has: the model calls it otherwise.
func (a *modelAnswer) withoutText(text []byte) (int, error) {
	n := 0
	for _, m := range a.Mentions {
		if strings.TrimSpace(m.Text) == "" {
			n++
		}
	}
	for _, e := range a.Events {
		if strings.TrimSpace(e.Text) == "" {
			n++
		}
	}
	if n == 0 || n < len(a.Mentions)+len(a.Events) {
		return n, nil
	}
	var raw struct{ Mentions, Events []map[string]any }
	_ = json.Unmarshal(text, &raw) // it was read before
	first := append(raw.Mentions, raw.Events...)[0]
	return n, &answers.Error{Found: fmt.Sprintf("an item with the keys %q", slices.Sorted(maps.Keys(first))), Expected: `"text"`, JSON: true}
}

// fromItems is an answer of another form as the model's own.
func fromItems(got *answers.Answer) (*modelAnswer, *extract.Error) {
	var a modelAnswer
	for _, it := range got.Items {
		a.Mentions = append(a.Mentions, modelMention{ID: it.ID, Text: it.Text, Before: it.Before, After: it.After,
			Head: it.Head, Type: it.Type, Level: it.Level, Actor: it.Actor})
	}
	return &a, nil
}
