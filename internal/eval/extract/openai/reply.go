package openai

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/mizan-corpus/mizan/internal/eval/extract"
	"github.com/mizan-corpus/mizan/internal/eval/extract/wire"
)

// chatReply is the body of an answer of chat/completions, as far as it is used.
type chatReply struct {
	Choices []struct {
		FinishReason string `json:"finish_reason"`
		Message      struct {
			Content *string `json:"content"`
			Refusal *string `json:"refusal"`
		} `json:"message"`
	} `json:"choices"`
	Usage *struct {
		Prompt     int64 `json:"prompt_tokens"`
		Completion int64 `json:"completion_tokens"`
	} `json:"usage"`
	Error json.RawMessage `json:"error"`
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
	if r.Usage != nil {
		extract.CountTokens(ctx, extract.Tokens{Prompt: r.Usage.Prompt, Completion: r.Usage.Completion})
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
	case c.Message.Content == nil || strings.TrimSpace(*c.Message.Content) == "":
		return "", &extract.Error{Kind: extract.KindInvalid, Detail: fmt.Sprintf("found an empty answer (finish_reason %q), expected a JSON object", c.FinishReason)}
	}
	return *c.Message.Content, nil
}

// unfenced takes off the ``` fence that models like to put around JSON.
func unfenced(content string) string {
	content = strings.TrimSpace(content)
	if rest, ok := strings.CutPrefix(content, "```"); ok {
		if inner, ok := strings.CutSuffix(rest, "```"); ok {
			_, inner, _ = strings.Cut(inner, "\n") // the language's name
			return strings.TrimSpace(inner)
		}
	}
	return content
}

// decodeAnswer reads what the model wrote.
func decodeAnswer(content string) (*modelAnswer, *extract.Error) {
	text := []byte(unfenced(content))
	if !json.Valid(text) || text[0] != '{' {
		return nil, &extract.Error{Kind: extract.KindNotJSON, Detail: "the model wrote " + wire.Excerpt(text) + ", expected one JSON object"}
	}
	var a modelAnswer
	if err := json.NewDecoder(bytes.NewReader(text)).Decode(&a); err != nil {
		return nil, &extract.Error{Kind: extract.KindInvalid, Detail: "the model's answer", Err: err}
	}
	return &a, nil
}
