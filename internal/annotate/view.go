package annotate

import (
	"encoding/json"
	"slices"

	"github.com/mizan-corpus/mizan/internal/annotate/journal"
	"github.com/mizan-corpus/mizan/internal/annotate/layout"
	"github.com/mizan-corpus/mizan/internal/labels/native"
	"github.com/mizan-corpus/mizan/schema"
)

// Row is a mention, event or actor as label files have it.
type Row = json.RawMessage

// ArticleView is an article with its labels, as a page shows it.
type ArticleView struct {
	ID         string             `json:"id"`
	Title      string             `json:"title"`
	Language   string             `json:"language"`
	Dir        string             `json:"dir"`
	Rev        int                `json:"rev"`
	State      string             `json:"state"`
	Date       string             `json:"date"`
	Paragraphs []layout.Paragraph `json:"paragraphs,omitempty"` // not after an action: a text stays
	Mentions   []Row              `json:"mentions"`
	Events     []Row              `json:"events"`
	Unlabelled [][2]int32         `json:"unlabelled"`
	Findings   []Finding          `json:"findings"`
	Undo       bool               `json:"undo"`
	Redo       bool               `json:"redo"`
	UndoWhy    string             `json:"undo_why"` // what is undone next
	RedoWhy    string             `json:"redo_why"`
	Problem    *Problem           `json:"problem"`   // null where the article can be changed
	Unwritten  string             `json:"unwritten"` // why the label file is not written, "" where it is
	Others     *Others            `json:"others"`
}

// Problem is why an article cannot be changed until someone decides.
type Problem struct {
	Text   string `json:"text"`
	Mine   bool   `json:"mine"`   // whether the labels of the journal can be taken
	Theirs bool   `json:"theirs"` // whether those of the file can
}

// Others are labels of the article that are not one's own.
type Others struct {
	Passes      []OtherPass `json:"passes"`
	Suggestions []Suggested `json:"suggestions"`
}

// OtherPass is the labels of one pass, or "gold".
type OtherPass struct {
	Name     string `json:"name"`
	Mentions []Row  `json:"mentions"`
	Events   []Row  `json:"events"`
}

// Suggested is one label of an extractor.
type Suggested struct {
	ID      string `json:"id"`
	Kind    string `json:"kind"` // "mention" or "event"
	Value   Row    `json:"value"`
	Have    bool   `json:"have"`    // one's own labels have it too
	Verdict string `json:"verdict"` // "accept", "refuse" or "" for none yet
}

// ActorView is an actor with all its names.
type ActorView struct {
	ID           string   `json:"actor_id"`
	NameEN       string   `json:"name_en"`
	NameAR       string   `json:"name_ar"`
	Aliases      []string `json:"aliases"`
	Type         string   `json:"type"`
	Country      string   `json:"country"`
	Sector       string   `json:"sector"`
	OtherSectors []string `json:"other_sectors"`
	Wikidata     string   `json:"wikidata"`
	Members      []string `json:"members"`
	Mentions     int      `json:"mentions"` // of it, in all articles
}

func viewActor(a *schema.Actor, mentions int) ActorView {
	return ActorView{a.ID, a.NameEN, a.NameAR, listOf(a.Aliases), a.Type, a.Country, a.Sector, listOf(a.OtherSectors), a.Wikidata, listOf(a.Members), mentions}
}

// listOf is a list that is [] in JSON where there is none.
func listOf(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

// Answer is an article after an action.
type Answer struct {
	ArticleView
	Saved  bool        `json:"saved"` // on disk
	Made   []string    `json:"made"`  // ids that were given
	Actors []ActorView `json:"actors"`
}

// Article is an article as it is now.
func (s *Session) Article(docID string) (*ArticleView, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a, err := s.article(docID)
	if err != nil {
		return nil, err
	}
	if err := s.notice(a); err != nil {
		return nil, err
	}
	return s.view(a)
}

func (s *Session) view(a *article) (*ArticleView, error) {
	findings, err := s.shownFindings(a)
	if err != nil {
		return nil, err
	}
	v := &ArticleView{ID: a.DocID, Title: a.Title, Language: a.Language, Dir: layout.Direction(a.Text), Rev: a.rev, State: s.stateOf(a), Date: a.Date(),
		Paragraphs: a.layout(), Unlabelled: [][2]int32{}, Findings: findings, Unwritten: a.file.wrong}
	if v.Mentions, v.Events, err = rows(a.state.mentions, a.state.events); err != nil {
		return nil, err
	}
	for _, r := range a.state.regions {
		v.Unlabelled = append(v.Unlabelled, [2]int32{r.Start, r.End})
	}
	if n := len(a.undo); n > 0 {
		v.Undo, v.UndoWhy = true, s.entries[a.undo[n-1]-1].Why
	}
	if n := len(a.redo); n > 0 {
		v.Redo, v.RedoWhy = true, s.entries[a.redo[n-1]-1].Why
	}
	if v.Others, err = s.others(a); err != nil {
		return nil, err
	}
	for _, f := range []*file{&s.table, &a.file} {
		if f.problem != "" {
			v.Problem = &Problem{f.problem, !a.stranded, f.theirs != nil}
		}
	}
	return v, nil
}

func rows(mentions []schema.Mention, events []schema.Event) (m, e []Row, err error) {
	m, e = []Row{}, []Row{}
	for i := range mentions {
		b, err := native.AppendMention(nil, &mentions[i])
		if err != nil {
			return nil, nil, err
		}
		m = append(m, b)
	}
	for i := range events {
		b, err := native.AppendEvent(nil, &events[i])
		if err != nil {
			return nil, nil, err
		}
		e = append(e, b)
	}
	return m, e, nil
}

// stateOf is how far an article is.
func (s *Session) stateOf(a *article) string {
	switch {
	case a.state.done, s.ReadOnly() && !a.state.empty():
		return StateDone
	case a.state.empty() && a.file.disk == "":
		return StateNew
	}
	return StateDraft
}

// answer is the article after actions, with the actors that they changed.
func (s *Session) answer(a *article, do []journal.Action) (*Answer, error) {
	v, err := s.view(a)
	if err != nil {
		return nil, err
	}
	v.Paragraphs = nil
	answer := &Answer{ArticleView: *v, Saved: true, Made: []string{}, Actors: []ActorView{}}
	_, uses := s.surfaces()
	var seen []string
	for _, x := range do {
		if x.Kind != kindActor || slices.Contains(seen, x.ID) {
			continue
		}
		seen = append(seen, x.ID)
		if actor := s.actors.find(x.ID); actor != nil {
			answer.Actors = append(answer.Actors, viewActor(actor, uses[x.ID]))
		}
	}
	return answer, nil
}
