package extract

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/mizan-corpus/mizan/internal/suggest"
	"github.com/mizan-corpus/mizan/schema"
)

// Options are the settings of [Open]. The zero value is usable.
type Options struct {
	// Jobs is how many processes (exec) or connections work in parallel,
	// 1 when 0.
	Jobs int
	// InFlight is how many articles one process is given at a time, 1 when 0.
	// More than one lets an extractor work in batches. A service has
	// Jobs × InFlight connections.
	InFlight int
	// Timeout is how long an article may take, 1 minute when 0. It runs from
	// the moment the process has the article and nothing before it to answer.
	// For a service it is the time of one try, whole answer included.
	Timeout time.Duration
	// Startup is added to the timeout of a process's first answer, so that it
	// has time to load a model: 1 minute when 0, none when negative.
	Startup time.Duration
	// Retries is how often an article that crashed the process is asked again,
	// 1 when 0, none when negative. For a service it is how often an article
	// is asked again after a refused connection or a status 429 or 5xx, 5
	// when 0.
	Retries int
	// MaxFailures is how many crashes and timeouts in a row, without a single
	// answer between them, make the extractor give up, 20 when 0. For a
	// service it counts articles that failed, all tries together.
	MaxFailures int
	// MaxLine is the longest line of output or body of an answer, in bytes,
	// 64 MiB when 0.
	MaxLine int
	// StderrLines is how many of the last lines of standard error an error
	// carries, 20 when 0, none when negative.
	StderrLines int
	// Dir is the working directory of a process, the caller's when "".
	Dir string
	// Env is the environment of a process, the caller's when nil.
	Env []string
	// Trace, when set, gets every line of the wire: "NAME[k] > …" to process
	// k, "< …" from it, "! …" from its standard error.
	Trace io.Writer
	// Report, when set, gets the faults that belong to no article's result: a
	// second answer, output while nothing was asked. It may be called
	// concurrently.
	Report func(*Error)

	// Answer is the shape of the answers of processes, services and files, see
	// answers.Shapes; "" is answers.Auto.
	Answer string
	// Placement says how the spans of answers are placed.
	Placement PlacementOptions

	// HTTP are the settings of the schemes that ask a service.
	HTTP HTTPOptions
	// Ontology is what predictions are asked for in; nil is the default one.
	Ontology *schema.Ontology
	// Model are the settings of the schemes that ask a language model.
	Model ModelOptions

	// Text finds the canonical text of an article by doc_id, for files of
	// predictions in a format that counts in tokens; nil when there is none.
	Text func(docID string) *schema.Index

	// Gold are labelled annotations, from which the baselines take their names.
	// An article is never coded from its own.
	Gold []*schema.Annotation
	// Names are further names for the baselines.
	Names []LookupName
}

func (o Options) WithDefaults() Options {
	o.Jobs = max(o.Jobs, 1)
	o.InFlight = max(o.InFlight, 1)
	if o.Timeout <= 0 {
		o.Timeout = time.Minute
	}
	o.Startup = max(0, cmp.Or(o.Startup, time.Minute))
	o.Retries = max(0, cmp.Or(o.Retries, 1))
	if o.MaxFailures <= 0 {
		o.MaxFailures = 20
	}
	if o.MaxLine <= 0 {
		o.MaxLine = 64 << 20
	}
	o.StderrLines = max(0, cmp.Or(o.StderrLines, 20))
	return o
}

// HTTPOptions are the settings of an extractor behind HTTP.
type HTTPOptions struct {
	// Headers are further headers, "NAME: VALUE". $NAME and ${NAME} in a value
	// stand for environment variables, $$ for a dollar sign. Values are never
	// written anywhere.
	Headers []string
	// CAFile holds further certificates to trust, PEM, besides the system's.
	CAFile string
	// MaxWait is the longest time between two tries, whatever the service
	// asks for with Retry-After, 2 minutes when 0.
	MaxWait time.Duration
	// Backoff is the time before the second try, doubled with each further
	// one, half a second when 0.
	Backoff time.Duration
	// LookupEnv finds environment variables, os.LookupEnv when nil.
	LookupEnv func(string) (string, bool)
}

// ModelOptions are the settings of an extractor that is a language model.
type ModelOptions struct {
	// Prompt is the system message, [openai.Prompt] when "".
	Prompt string
	// Temperature is the sampling temperature, "0" when "", and "none" to send
	// none, for models that accept none.
	Temperature string
	// Seed is the sampling seed, "1" when "", and "none" to send none.
	Seed string
	// Format is how the form of the answer is asked for: "json_schema" (when
	// ""), "json_object", or "none" for services that know neither.
	Format string
	// Repair asks the model once more, with what is wrong, where its answer cannot be
	// read.
	Repair bool
	// KeyEnv names the environment variable with the API key. When "" it is
	// OPENAI_API_KEY, which may then be absent.
	KeyEnv string
}

// Scheme is one way to reach an extractor.
type Scheme struct {
	Name    string // what stands before the colon
	Usage   string // for example "exec:CMD ARGS…"
	Summary string // one line
	// Open opens what stands after the colon; spec is the whole, for errors.
	Open func(spec, rest string, opt Options) (Extractor, error)
}

// Builtin is one built-in extractor.
type Builtin struct {
	Name    string
	Summary string // one line
	// New makes it; params are what stands after "?" in spec.
	New func(spec string, params map[string]string, opt Options) (Extractor, error)
}

var (
	schemes  = map[string]Scheme{}
	builtins = map[string]Builtin{}
)

// Register adds a scheme to the table. It is for init functions and panics on
// a name that is taken.
func Register(s Scheme) {
	if _, taken := schemes[s.Name]; taken || s.Name == "" || s.Open == nil {
		panic("extract: scheme " + s.Name + " is registered twice or incomplete")
	}
	schemes[s.Name] = s
}

// RegisterBuiltin adds a built-in extractor, as [Register] does a scheme.
func RegisterBuiltin(b Builtin) {
	if _, taken := builtins[b.Name]; taken || b.Name == "" || b.New == nil {
		panic("extract: builtin " + b.Name + " is registered twice or incomplete")
	}
	builtins[b.Name] = b
}

// Schemes are the registered schemes, by name.
func Schemes() []Scheme { return sorted(schemes, func(s Scheme) string { return s.Name }) }

// Builtins are the built-in extractors, by name.
func Builtins() []Builtin { return sorted(builtins, func(b Builtin) string { return b.Name }) }

func sorted[V any](m map[string]V, name func(V) string) []V {
	list := make([]V, 0, len(m))
	for _, v := range m {
		list = append(list, v)
	}
	slices.SortFunc(list, func(a, b V) int { return cmp.Compare(name(a), name(b)) })
	return list
}

// Open makes the extractor that spec names: "SCHEME:REST", for example
// "exec:python3 my.py", "builtin:lookup", "file:predictions.jsonl". The caller
// closes it with [Close]. An unknown name gives a *[SpecError] that offers
// the nearest ones.
func Open(spec string, opt Options) (Extractor, error) {
	name, rest, ok := strings.Cut(spec, ":")
	s, known := schemes[name]
	if ok && known {
		return s.Open(spec, rest, opt)
	}
	list := make([]string, 0, len(schemes))
	for _, s := range Schemes() {
		list = append(list, s.Name)
	}
	bad := &SpecError{Spec: spec, Advice: DidYouMean(name, list)}
	_, isBuiltin := builtins[spec]
	switch {
	case isBuiltin:
		bad.What = "no scheme, expected SCHEME:REST"
		bad.Advice = "did you mean builtin:" + spec + "?"
	case known:
		bad.What = "nothing after the scheme, expected " + s.Usage
		bad.Advice = ""
	case !ok:
		bad.What = "no scheme, expected SCHEME:REST with one of " + strings.Join(list, ", ")
	default:
		bad.What = fmt.Sprintf("unknown scheme %q, expected one of %s", name, strings.Join(list, ", "))
	}
	return nil, bad
}

// DidYouMean is a hint with the names nearest to name, or "".
func DidYouMean(name string, known []string) string {
	if near := suggest.Near(name, known, 2); len(near) > 0 {
		return "did you mean " + strings.Join(near, " or ") + "?"
	}
	return ""
}

// LookupName is a name for the baselines. Type and ActorID may be empty: GPE
// is then assumed, and no actor linked.
type LookupName struct {
	Name    string
	Type    string
	ActorID string
}
