package openai

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/internal/eval/extract"
	"github.com/mizan-corpus/mizan/internal/eval/extract/service"
	"github.com/mizan-corpus/mizan/internal/ontology"
	"github.com/mizan-corpus/mizan/schema"
)

func init() {
	extract.Register(extract.Scheme{
		Name:    "openai",
		Usage:   "openai:MODEL@URL",
		Summary: "a language model behind any OpenAI-compatible chat/completions endpoint",
		Open: func(spec, rest string, opt extract.Options) (extract.Extractor, error) {
			at := max(strings.LastIndex(rest, "@http://"), strings.LastIndex(rest, "@https://"))
			if at < 1 {
				return nil, &extract.SpecError{Spec: service.Hidden(spec), What: "expected openai:MODEL@URL", Advice: "for example openai:qwen3@http://localhost:8000/v1"}
			}
			u, err := service.ServiceURL(spec, rest[at+1:])
			if err != nil {
				return nil, err
			}
			return newOpenAI(rest[:at], u, opt)
		},
	})
}

// openAI asks a language model. It sends the prompt, the article and the form
// of the answer, gets surface texts back and finds their places in the article.
type openAI struct {
	*service.Poster
	request   chatRequest // without messages
	prompt    string
	settings  map[string]string
	placement extract.PlacementOptions
	ontology  *schema.Ontology
	strict    bool // the model was given the form of its answer as a schema
	repair    bool
}

func newOpenAI(model string, u *url.URL, opt extract.Options) (extract.Extractor, error) {
	name := "openai:" + model + "@" + service.RedactedURL(u)
	m := opt.Model
	lookup := opt.HTTP.LookupEnv
	if lookup == nil {
		lookup = os.LookupEnv
	}
	keyName := cmp.Or(m.KeyEnv, "OPENAI_API_KEY")
	key, found := lookup(keyName)
	if key = strings.TrimSpace(key); key == "" && m.KeyEnv != "" {
		return nil, &extract.SpecError{Spec: name, What: "the environment has no API key in " + keyName,
			Advice: "export " + keyName + ", or leave the name out for a service that needs no key"}
	}
	request, settings, err := newChatRequest(&opt, name, model)
	if err != nil {
		return nil, err
	}
	endpoint := *u
	endpoint.Path = strings.TrimSuffix(u.Path, "/") + "/chat/completions"
	p, err := service.NewPoster(name, &endpoint, opt)
	if err != nil {
		return nil, err
	}
	if found && key != "" && p.Header.Get("Authorization") == "" {
		p.Header.Set("Authorization", "Bearer "+key)
		p.Hide.AddValue("Bearer " + key)
	}
	prompt := cmp.Or(m.Prompt, Prompt(ontology.Or(opt.Ontology)))
	sum := sha256.Sum256([]byte(prompt))
	settings["prompt_sha256"] = hex.EncodeToString(sum[:])
	if m.Repair {
		settings["repair"] = "true"
	}
	return &openAI{Poster: p, request: *request, prompt: prompt, settings: opt.Placement.Settings(settings), placement: opt.Placement,
		ontology: ontology.Or(opt.Ontology), strict: settings["response_format"] == "json_schema", repair: m.Repair}, nil
}

// chatRequest is the body of a request to chat/completions.
type chatRequest struct {
	Model          string        `json:"model"`
	Messages       []chatMessage `json:"messages"`
	Temperature    *float64      `json:"temperature,omitempty"`
	Seed           *int64        `json:"seed,omitempty"`
	ResponseFormat any           `json:"response_format,omitempty"`
}

type chatMessage struct {
	Role    string `json:"role"`
	Content string `json:"content"`
}

// newChatRequest is what every request has in common, and the same as settings for
// the record.
func newChatRequest(opt *extract.Options, spec, model string) (*chatRequest, map[string]string, error) {
	m := &opt.Model
	r := &chatRequest{Model: model}
	s := map[string]string{
		"model": model, "temperature": cmp.Or(m.Temperature, "0"), "seed": cmp.Or(m.Seed, "1"),
		"response_format": cmp.Or(m.Format, "json_schema"),
	}
	if v := s["temperature"]; v != "none" {
		t, err := strconv.ParseFloat(v, 64)
		if err != nil || !(t >= 0 && t <= 2) {
			return nil, nil, &extract.SpecError{Spec: spec, What: fmt.Sprintf("temperature: found %q, expected a number from 0 to 2, or none", v)}
		}
		r.Temperature = &t
	}
	if v := s["seed"]; v != "none" {
		n, err := strconv.ParseInt(v, 10, 64)
		if err != nil {
			return nil, nil, &extract.SpecError{Spec: spec, What: fmt.Sprintf("seed: found %q, expected a whole number, or none", v)}
		}
		r.Seed = &n
	}
	switch v := s["response_format"]; v {
	case "json_schema":
		r.ResponseFormat = map[string]any{"type": v, "json_schema": map[string]any{
			"name": "annotation", "strict": true, "schema": AnswerSchema(ontology.Or(opt.Ontology))}}
	case "json_object":
		r.ResponseFormat = map[string]string{"type": v}
	case "none":
	default:
		return nil, nil, &extract.SpecError{Spec: spec, What: fmt.Sprintf("response format: found %q, expected json_schema, json_object or none", v),
			Advice: extract.DidYouMean(v, []string{"json_schema", "json_object", "none"})}
	}
	return r, s, nil
}

// Settings are what decides the answers besides the SPEC.
func (x *openAI) Settings() map[string]string { return x.settings }

// Extract asks the model about a, and once more where its answer cannot be read and
// it may be mended.
func (x *openAI) Extract(ctx context.Context, a *schema.Article) (*schema.Annotation, error) {
	messages := []chatMessage{{"system", x.prompt}, {"user", articleMessage(a)}}
	content, fault := x.ask(ctx, a.DocID, messages)
	if fault != nil {
		return nil, fault
	}
	got, fault := decodeAnswer(content, x.strict, x.ontology)
	if fault != nil && x.repair {
		got, fault = x.mended(ctx, a.DocID, messages, content, fault)
	}
	if fault != nil {
		return nil, x.Fail(a.DocID, fault)
	}
	annotation, counts, listed, err := got.annotation(a, x.placement)
	if err != nil {
		return nil, x.Fail(a.DocID, &extract.Error{Kind: extract.KindOffsets, Err: err})
	}
	extract.Measured(ctx, func(m *extract.Meter) {
		m.Alignment.Add(counts)
		m.Placed = append(m.Placed, listed...)
	})
	return annotation, nil
}

// ask is what the model says to messages.
func (x *openAI) ask(ctx context.Context, docID string, messages []chatMessage) (string, *extract.Error) {
	r := x.request
	r.Messages = messages
	var body bytes.Buffer
	enc := json.NewEncoder(&body)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(r); err != nil {
		return "", x.Fail(docID, &extract.Error{Kind: extract.KindInvalid, Err: err})
	}
	answer, fault := x.Post(ctx, docID, body.Bytes())
	if fault != nil {
		if fault.Kind == extract.KindStatus && strings.Contains(fault.Detail, "response_format") {
			fault.Advice = "the service may not know this form of answer: try --response-format json_object, or none"
		}
		return "", fault
	}
	content, fault := x.content(ctx, answer)
	if fault != nil {
		return "", x.Fail(docID, fault)
	}
	return content, nil
}

// mended asks the model once more, showing it its answer and what is wrong with it.
func (x *openAI) mended(ctx context.Context, docID string, messages []chatMessage, content string, wrong *extract.Error) (*modelAnswer, *extract.Error) {
	what := wrong.Detail
	if wrong.Err != nil {
		what += ": " + wrong.Err.Error()
	}
	messages = append(messages, chatMessage{"assistant", content}, chatMessage{"user", "This answer cannot be read: " + what +
		`. Answer again with one JSON object that has the keys "mentions" and "events", of the given form, and nothing else.`})
	again, fault := x.ask(ctx, docID, messages)
	var got *modelAnswer
	if fault == nil {
		got, fault = decodeAnswer(again, x.strict, x.ontology)
	}
	outcome := "mended"
	if fault != nil {
		outcome = "failed"
	}
	extract.Measured(ctx, func(m *extract.Meter) { m.Repair = outcome })
	return got, fault
}

// AlignsItself says that [extract.Aligned] has nothing to do: a model's answer has
// words around its surfaces, which an annotation has no field for.
func (x *openAI) AlignsItself() bool { return true }
