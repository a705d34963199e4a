package openai

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/mizan-corpus/mizan/internal/eval/extract"
	"github.com/mizan-corpus/mizan/internal/eval/extract/extracttest"
	"github.com/mizan-corpus/mizan/internal/eval/extract/run"
	"github.com/mizan-corpus/mizan/schema"
)

// fakeModel is a chat/completions endpoint that answers with what reply gives
// for the n-th request (from 0) as content.
type fakeModel struct {
	mu       sync.Mutex
	requests []map[string]any
	keys     []string
	reply    func(n int, w http.ResponseWriter)
}

func (f *fakeModel) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	var body map[string]any
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil || r.URL.Path != "/v1/chat/completions" {
		http.Error(w, `{"error":{"message":"no such path"}}`, http.StatusNotFound)
		return
	}
	f.requests = append(f.requests, body)
	f.keys = append(f.keys, r.Header.Get("Authorization"))
	f.reply(len(f.requests)-1, w)
}

// completion is the body of an answer with this content.
func completion(content any, finish string, usage bool) string {
	reply := map[string]any{"choices": []any{map[string]any{
		"finish_reason": finish, "message": map[string]any{"role": "assistant", "content": content}}}}
	if usage {
		reply["usage"] = map[string]any{"prompt_tokens": 1000, "completion_tokens": 50, "total_tokens": 1050}
	}
	b, _ := json.Marshal(reply)
	return string(b)
}

func says(content string) func(int, http.ResponseWriter) {
	return func(_ int, w http.ResponseWriter) { io.WriteString(w, completion(content, "stop", true)) }
}

func openFake(t *testing.T, f *fakeModel, opt extract.Options) extract.Extractor {
	t.Helper()
	s := httptest.NewServer(f)
	t.Cleanup(s.Close)
	return extracttest.Opened(t, "openai:some/model@v2@"+s.URL+"/v1/", opt)
}

// A model's answer is placed while it is read; nothing is placed twice.
func TestOpenAIAlignsItself(t *testing.T) {
	opt := extracttest.Quick()
	opt.HTTP.LookupEnv = extracttest.Environment("OPENAI_API_KEY", "sk-very-secret")
	if ex := openFake(t, &fakeModel{}, opt); extract.Aligned(ex, extract.PlacementOptions{}) != ex {
		t.Error("answers are aligned again")
	}
}

func TestOpenAIRequest(t *testing.T) {
	t.Parallel()
	f := &fakeModel{reply: says(`{"mentions":[],"events":[]}`)}
	opt := extracttest.Quick()
	opt.HTTP.LookupEnv = extracttest.Environment("OPENAI_API_KEY", "sk-very-secret")
	ex := openFake(t, f, opt)
	a := &schema.Article{DocID: "a", Text: "text \"quoted\" <b>", Published: "2017-11-21", Language: "ar"}
	if _, err := ex.Extract(t.Context(), a); err != nil {
		t.Fatal(err)
	}
	r := f.requests[0]
	if r["model"] != "some/model@v2" || r["temperature"] != 0.0 || r["seed"] != 1.0 || f.keys[0] != "Bearer sk-very-secret" {
		t.Errorf("got %v, key %q", r, f.keys[0])
	}
	messages := r["messages"].([]any)
	system, user := messages[0].(map[string]any), messages[1].(map[string]any)
	if len(messages) != 2 || system["role"] != "system" || system["content"] != Prompt(schema.PLOVER()) || user["role"] != "user" ||
		user["content"] != "Date: 2017-11-21\nLanguage: ar\n\n<article>\ntext \"quoted\" <b>\n</article>\n" {
		t.Errorf("got messages %v", messages)
	}
	format := r["response_format"].(map[string]any)
	form := format["json_schema"].(map[string]any)
	if format["type"] != "json_schema" || form["strict"] != true {
		t.Errorf("got %v", format)
	}
	s := extract.Settings(ex)
	if s["temperature"] != "0" || s["seed"] != "1" || s["model"] != "some/model@v2" || len(s["prompt_sha256"]) != 64 {
		t.Errorf("settings %v", s)
	}

	opt.Model = extract.ModelOptions{Prompt: "mark it", Temperature: "none", Seed: "none", Format: "none"}
	if _, err := openFake(t, f, opt).Extract(t.Context(), a); err != nil {
		t.Fatal(err)
	}
	r = f.requests[1]
	for _, name := range []string{"temperature", "seed", "response_format"} {
		if _, sent := r[name]; sent {
			t.Errorf("%s was sent", name)
		}
	}
	if r["messages"].([]any)[0].(map[string]any)["content"] != "mark it" {
		t.Errorf("got %v", r["messages"])
	}
}

// Strict structured output allows only schemas in which every object lists all
// its properties as required and allows no other.
func TestAnswerSchemaIsStrict(t *testing.T) {
	enums := 0
	var walk func(path string, v any)
	walk = func(path string, v any) {
		s := v.(map[string]any)
		if e, ok := s["enum"].([]string); ok {
			enums += len(e)
		}
		switch s["type"] {
		case "array":
			walk(path+"[]", s["items"])
		case "object":
			properties := s["properties"].(map[string]any)
			required := s["required"].([]string)
			if s["additionalProperties"] != false || len(required) != len(properties) {
				t.Errorf("%s: not strict", path)
			}
			for name, p := range properties {
				if !slices.Contains(required, name) {
					t.Errorf("%s.%s is not required", path, name)
				}
				walk(path+"."+name, p)
			}
		}
	}
	walk("", AnswerSchema(schema.PLOVER()))
	if enums < 100 || enums > 500 { // 500 is what OpenAI allows in one schema
		t.Errorf("%d values in enumerations", enums)
	}
}

func TestPromptHasEveryCode(t *testing.T) {
	p := Prompt(schema.PLOVER())
	o := schema.PLOVER()
	var want []string
	for _, e := range o.EventTypes {
		want = append(want, "- "+e.Code.Code+": "+e.Gloss)
		for _, m := range e.Modes {
			want = append(want, m.Code+" ("+m.Gloss+")")
		}
	}
	for _, r := range o.Roles {
		want = append(want, "- "+r.Code.Code+": "+r.Gloss)
	}
	for _, m := range o.MentionTypes {
		want = append(want, "- "+m.Code.Code+": "+m.Gloss)
	}
	want = append(want, codesOf(o.Contexts, "")...)
	for _, w := range want {
		if !strings.Contains(p, w) {
			t.Errorf("the prompt does not say %q", w)
		}
	}
	if strings.Contains(p, "{{") || strings.Contains(p, "<no value>") || strings.Contains(p, "PRO:") {
		t.Error("the prompt is not filled in")
	}
}

func TestOpenAIFaults(t *testing.T) {
	write := func(text string) func(int, http.ResponseWriter) {
		return func(_ int, w http.ResponseWriter) { io.WriteString(w, text) }
	}
	refusal := `{"choices":[{"finish_reason":"stop","message":{"content":null,"refusal":"I cannot help with that."}}],"usage":{"prompt_tokens":7,"completion_tokens":3}}`
	for _, test := range []struct {
		name   string
		reply  func(int, http.ResponseWriter)
		kind   extract.Kind
		want   string
		hint   string
		tokens *extract.Tokens
	}{
		{"ok", says(`{"mentions":[],"events":[]}`), extract.KindNone, "", "", &extract.Tokens{Prompt: 1000, Completion: 50}},
		{"fenced", says("```json\n{\"mentions\":[]}\n```"), extract.KindNone, "", "", &extract.Tokens{Prompt: 1000, Completion: 50}},
		{"a list as usage", write(strings.Replace(completion(`{"mentions":[],"events":[]}`, "stop", false), `}]}`, `}],"usage":[1]}`, 1)), extract.KindNone, "", "", nil},
		{"text as usage", write(strings.Replace(completion(`{"mentions":[],"events":[]}`, "stop", false), `}]}`, `}],"usage":{"prompt_tokens":"many"}}`, 1)), extract.KindNone, "", "", nil},
		{"usage with a point", write(strings.Replace(completion(`{"mentions":[],"events":[]}`, "stop", false), `}]}`, `}],"usage":{"prompt_tokens":12.0}}`, 1)), extract.KindNone, "", "", &extract.Tokens{Prompt: 12}},
		{"no usage", write(completion(`{"mentions":[],"events":[]}`, "stop", false)), extract.KindNone, "", "", nil},
		{"refusal", write(refusal), extract.KindRefused, "I cannot help with that.", "", &extract.Tokens{Prompt: 7, Completion: 3}},
		{"filter", write(completion("{", "content_filter", true)), extract.KindRefused, "content filter", "", &extract.Tokens{Prompt: 1000, Completion: 50}},
		{"cut off", write(completion(`{"mentions":[{"id":"m1"`, "length", true)), extract.KindTruncated, "limit of tokens", "longer answers", &extract.Tokens{Prompt: 1000, Completion: 50}},
		{"not json", says("Here is the annotation: {}"), extract.KindNotJSON, `the model wrote "Here is`, "", &extract.Tokens{Prompt: 1000, Completion: 50}},
		{"no keys", says("{}"), extract.KindInvalid, `the model wrote an object with no keys, expected one JSON object with the keys "mentions" and "events"`, "", &extract.Tokens{Prompt: 1000, Completion: 50}},
		{"wrong key", says(`{"persons":[{"text":"x"}]}`), extract.KindInvalid, `an object with the keys "persons"`, "", &extract.Tokens{Prompt: 1000, Completion: 50}},
		{"key with a slip", says(`{"mentions":[],"evnts":[]}`), extract.KindInvalid, `did you mean "events" for "evnts"?`, "", &extract.Tokens{Prompt: 1000, Completion: 50}},
		{"wrong key of items", says(`{"mentions":[{"name":"x"}],"events":[]}`), extract.KindInvalid, `an item with the keys ["name"], expected "text"`, "", &extract.Tokens{Prompt: 1000, Completion: 50}},
		{"thoughts and prose", says("<think>{\"mentions\":[]}</think>Here:\n```json\n{\"mentions\":[],\"events\":[],}\n```"), extract.KindNone, "", "", &extract.Tokens{Prompt: 1000, Completion: 50}},
		{"parts", write(`{"choices":[{"finish_reason":"stop","message":{"content":[{"type":"text","text":"{\"mentions\":[]}"}]}}]}`), extract.KindNone, "", "", nil},
		{"no object", says("[]"), extract.KindNotJSON, "expected one JSON object", "", &extract.Tokens{Prompt: 1000, Completion: 50}},
		{"wrong type", says(`{"mentions":[{"text":7}]}`), extract.KindInvalid, "mentions.text", "", &extract.Tokens{Prompt: 1000, Completion: 50}},
		{"empty", says(" "), extract.KindInvalid, "empty answer", "", &extract.Tokens{Prompt: 1000, Completion: 50}},
		{"null", write(completion(nil, "stop", true)), extract.KindInvalid, "empty answer", "", &extract.Tokens{Prompt: 1000, Completion: 50}},
		{"no choices", write(`{"choices":[]}`), extract.KindInvalid, "expected an answer with choices", "", nil},
		{"error in 200", write(`{"error":{"message":"model is loading"}}`), extract.KindReported, "model is loading", "", nil},
		{"web page", write("<html>"), extract.KindNotJSON, "expected the answer of chat/completions", "/v1", nil},
		{"no schema", func(_ int, w http.ResponseWriter) {
			w.WriteHeader(400)
			io.WriteString(w, `{"error":"response_format is not supported"}`)
		}, extract.KindStatus, "400", "--response-format", nil},
		{"429 passes", func(n int, w http.ResponseWriter) {
			if n == 0 {
				w.Header().Set("Retry-After", "30")
				w.WriteHeader(429)
				return
			}
			says(`{"mentions":[],"events":[]}`)(n, w)
		}, extract.KindNone, "", "", &extract.Tokens{Prompt: 1000, Completion: 50}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			ex := openFake(t, &fakeModel{reply: test.reply}, extracttest.Quick())
			for r := range run.Run(t.Context(), extracttest.Articles("a"), ex, run.Options{}) {
				if extracttest.KindOf(extracttest.AsNil(r.Err)) != test.kind {
					t.Fatalf("got %v, want %q", r.Err, test.kind)
				}
				if fmt.Sprint(r.Tokens) != fmt.Sprint(test.tokens) || r.NoUsage != (test.tokens == nil && test.kind != extract.KindStatus && test.name != "web page") {
					t.Errorf("got %v tokens (no usage: %v), want %v", r.Tokens, r.NoUsage, test.tokens)
				}
				if r.Err != nil && (!strings.Contains(r.Err.Error(), test.want) || !strings.Contains(r.Err.Hint(), test.hint)) {
					t.Errorf("got %q (hint %q), want %q (hint %q)", r.Err, r.Err.Hint(), test.want, test.hint)
				}
			}
		})
	}
}

// The key is sent and told nowhere, even where the service repeats it.
func TestOpenAIKeyIsNotTold(t *testing.T) {
	t.Parallel()
	f := &fakeModel{reply: func(_ int, w http.ResponseWriter) {
		w.WriteHeader(401)
		io.WriteString(w, `{"error":{"message":"Incorrect API key provided: sk-very-secret."}}`)
	}}
	var trace bytes.Buffer
	opt := extracttest.Quick()
	opt.Trace = &trace
	opt.HTTP.LookupEnv = extracttest.Environment("MY_KEY", "sk-very-secret\n")
	opt.Model.KeyEnv = "MY_KEY"
	pred := filepath.Join(t.TempDir(), "p.jsonl")
	told := ""
	if _, err := run.File(t.Context(), pred, extracttest.Articles("a"), openFake(t, f, opt), run.FileOptions{Failed: func(e *extract.Error) { told += e.Error() }}); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{pred, pred + ".run.json"} {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		told += string(b)
	}
	told += trace.String()
	if f.keys[0] != "Bearer sk-very-secret" || strings.Contains(told, "sk-very") || strings.Count(told, "Incorrect API key provided: [hidden].") != 4 {
		t.Errorf("sent %q, told\n%s", f.keys[0], told)
	}
	opt.HTTP.LookupEnv = extracttest.Environment()
	if _, err := extract.Open("openai:m@http://localhost/v1", opt); err == nil || !strings.Contains(err.Error(), "no API key in MY_KEY") {
		t.Errorf("got %v", err)
	}
}

func TestOpenAISpecErrors(t *testing.T) {
	for _, test := range []struct {
		spec string
		m    extract.ModelOptions
		want string
	}{
		{"openai:", extract.ModelOptions{}, "expected openai:MODEL@URL"},
		{"openai:gpt", extract.ModelOptions{}, "expected openai:MODEL@URL"},
		{"openai:@http://localhost", extract.ModelOptions{}, "expected openai:MODEL@URL"},
		{"openai:m@http://", extract.ModelOptions{}, "found no address"},
		{"openai:m@http://localhost", extract.ModelOptions{Temperature: "hot"}, `temperature: found "hot"`},
		{"openai:m@http://localhost", extract.ModelOptions{Temperature: "-1"}, `temperature: found "-1"`},
		{"openai:m@http://localhost", extract.ModelOptions{Temperature: "NaN"}, "temperature"},
		{"openai:m@http://localhost", extract.ModelOptions{Seed: "1.5"}, `seed: found "1.5"`},
		{"openai:m@http://localhost", extract.ModelOptions{Format: "json"}, `response format: found "json"`},
	} {
		opt := extracttest.Quick()
		opt.Model = test.m
		if _, err := extract.Open(test.spec, opt); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v, want %q", test.spec, err, test.want)
		}
	}
}

// With repair, a model that wrote what cannot be read is shown it and asked once more.
func TestOpenAIRepair(t *testing.T) {
	for _, test := range []struct{ second, repair string }{
		{`{"mentions":[],"events":[]}`, "mended"},
		{"I am sorry.", "failed"},
	} {
		f := &fakeModel{reply: func(n int, w http.ResponseWriter) {
			if n == 0 {
				says(`{"found":[]}`)(n, w)
				return
			}
			says(test.second)(n, w)
		}}
		opt := extracttest.Quick()
		opt.Model.Repair = true
		for r := range run.Run(t.Context(), extracttest.Articles("a"), openFake(t, f, opt), run.Options{}) {
			if r.Repair != test.repair || (r.Err == nil) != (test.repair == "mended") || r.Tokens.Prompt != 2000 {
				t.Errorf("got %q, %v, tokens %v; want %q", r.Repair, r.Err, r.Tokens, test.repair)
			}
		}
		messages := f.requests[1]["messages"].([]any)
		said := messages[3].(map[string]any)["content"].(string)
		if len(f.requests) != 2 || len(messages) != 4 || !strings.Contains(said, `the keys "found"`) {
			t.Errorf("%d requests, the last says %q", len(f.requests), said)
		}
	}
}
