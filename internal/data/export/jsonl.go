package export

import (
	"bytes"
	"context"
	"encoding/json"
	"io"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/schema"
)

func init() {
	register(Form{
		Name: "nested", Title: "JSON Lines: one article a line with its text, mentions and events; actors and arguments in place",
		Layout: labels.OneFile, Extension: ".jsonl", Write: exportJSONL,
	})
}

// exportJSONL writes one JSON object an article a line: metadata, text,
// mentions with their actors, events with what fills their roles. It is for
// programs, prompts and people that read one article at a time; the raw file
// and the passes are left out. An absent value is left out, a list is always
// there.
func exportJSONL(ctx context.Context, ds dataset.Dataset, to Target) error {
	actors := map[string]*jsonActor{}
	for a, err := range ds.Actors() {
		if err != nil {
			return err
		}
		actors[a.ID] = newJSONActor(a)
	}
	return to.file().WriteFile("", func(w io.Writer) error {
		var line []byte
		for d, err := range strictDocuments(ctx, ds) {
			if err != nil {
				return err
			}
			if line, err = appendJSONLine(line[:0], newNested(d, actors)); err != nil {
				return err
			}
			if _, err := w.Write(line); err != nil {
				return err
			}
		}
		return nil
	})
}

// appendJSONLine appends a value as one line. U+0085, at which some readers
// would cut it, is escaped like the other line separators.
func appendJSONLine(dst []byte, v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return append(dst, bytes.ReplaceAll(b.Bytes(), []byte("\u0085"), []byte(`\u0085`))...), err
}

// nested is one article with everything that is known of it.
type nested struct {
	DocID             string        `json:"doc_id"`
	Title             string        `json:"title,omitempty"`
	Subtitle          string        `json:"subtitle,omitempty"`
	Language          string        `json:"language,omitempty"`
	Outlet            string        `json:"outlet,omitempty"`
	Author            string        `json:"author,omitempty"`
	URL               string        `json:"url,omitempty"`
	Published         string        `json:"published,omitempty"`
	PublishedInferred string        `json:"published_inferred,omitempty"`
	Split             string        `json:"split"`
	DuplicateOf       string        `json:"duplicate_of,omitempty"`
	Labelled          bool          `json:"labelled"`
	NotLabelled       []jsonSpan    `json:"not_labelled,omitempty"` // regions of the text that nobody has labelled
	Text              string        `json:"text"`
	Mentions          []jsonMention `json:"mentions"`
	Events            []jsonEvent   `json:"events"`
}

type jsonActor struct {
	ID           string   `json:"actor_id"`
	NameEN       string   `json:"name_en,omitempty"`
	NameAR       string   `json:"name_ar,omitempty"`
	Type         string   `json:"type,omitempty"`
	Country      string   `json:"country,omitempty"`
	Sector       string   `json:"sector,omitempty"`
	OtherSectors []string `json:"other_sectors,omitempty"`
	Wikidata     string   `json:"wikidata,omitempty"`
	Members      []string `json:"members,omitempty"` // actor_ids
}

type jsonSpan struct {
	Start int32 `json:"start"`
	End   int32 `json:"end"`
}

type jsonMention struct {
	ID string `json:"mention_id"`
	jsonSpan
	Fragments []jsonSpan `json:"fragments,omitempty"`
	Text      string     `json:"text"`
	Head      *jsonText  `json:"head,omitempty"`
	Type      string     `json:"type"`
	Level     string     `json:"level,omitempty"`
	Metonym   bool       `json:"metonym"`
	Actor     *jsonActor `json:"actor,omitempty"`
}

// jsonText is a span with what stands there.
type jsonText struct {
	jsonSpan
	Text string `json:"text"`
}

type jsonEvent struct {
	ID string `json:"event_id"`
	jsonSpan
	Fragments   []jsonSpan     `json:"fragments,omitempty"`
	Text        string         `json:"text"`
	Type        string         `json:"type"`
	Modes       []string       `json:"modes"`
	Contexts    []string       `json:"contexts"`
	CAMEO       string         `json:"cameo,omitempty"`
	Quad        int            `json:"quad"`
	Realis      string         `json:"realis,omitempty"`
	Auxiliaries []string       `json:"auxiliaries"`
	HopperID    string         `json:"hopper_id,omitempty"`
	PartOf      string         `json:"part_of,omitempty"`
	Source      *jsonFiller    `json:"source,omitempty"` // who reports the event
	Cue         *jsonText      `json:"cue,omitempty"`    // the reporting verb
	Quoted      *bool          `json:"quoted,omitempty"`
	Arguments   []jsonArgument `json:"arguments"`
}

type jsonArgument struct {
	Role string `json:"role"`
	jsonFiller
}

// jsonFiller is a mention, an event or a span that fills a role.
type jsonFiller struct {
	MentionID string `json:"mention_id,omitempty"`
	EventID   string `json:"event_id,omitempty"`
	*jsonSpan
	Text  string     `json:"text,omitempty"`
	Type  string     `json:"type,omitempty"`
	Value string     `json:"value,omitempty"`
	Actor *jsonActor `json:"actor,omitempty"`
}

func newJSONActor(a *schema.Actor) *jsonActor {
	return &jsonActor{a.ID, a.NameEN, a.NameAR, a.Type, a.Country, a.Sector, a.OtherSectors, a.Wikidata, a.Members}
}

func jsonFragments(spans []schema.Span) []jsonSpan {
	var list []jsonSpan
	for _, s := range spans {
		list = append(list, jsonSpan(s))
	}
	return list
}

func notNil(list []string) []string { return append([]string{}, list...) }
