// Package annotate is labelling by hand: the labels of articles as a person makes
// them, action by action. Every action is in a journal and on disk before it counts;
// the label files are written from it. The page that shows it is package web.
package annotate

import (
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/mizan-corpus/mizan/internal/annotate/journal"
	"github.com/mizan-corpus/mizan/internal/annotate/layout"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/native"
	"github.com/mizan-corpus/mizan/schema"
)

// Options are what is labelled, and how.
type Options struct {
	Title    string
	Articles []*schema.Article // in the order of the page
	Ontology *schema.Ontology
	Labels   labels.Source // the folder of label files; FS nil for none yet
	Dir      string        // the same folder for writing, "" to show only
	Pass     string        // whose independent labels are made, in passes/<Pass>; "" for the labels themselves
	Review   [2]string     // the passes whose differences are settled into the labels; empty for none
	Clock    func() time.Time

	Suggested     map[string]*labels.Document // an extractor's labels by doc_id; nil for none
	SuggestedHash string                      // what the journal calls them
}

// Session is labels under work. Its methods may be called at any time by anyone.
type Session struct {
	opt      Options
	mu       sync.Mutex
	articles []*article
	byID     map[string]*article
	actors   *table
	table    file // of actors
	based    bool // whether the journal has the actors as they were at first
	existed  bool // whether there was a table then
	touches  touches
	review   *reviewing
	log      *journal.Log
	entries  []journal.Entry
	watch    watchers
	notes    []string // what was found on opening
	knows    *knowledge
	folds    map[string]string
	madeDirs []string // the deepest first
}

// article is an article with its labels.
type article struct {
	*schema.Article
	index *schema.Index
	state *state
	file  file
	lines []layout.Paragraph // as pages show them, made on first need

	linted [2]linted

	rev        int               // the last entry that changed it
	based      bool              // whether the journal has what the file held at first
	existed    bool              // whether there was a file then
	stranded   bool              // the labels stand on another text
	seen       map[string]string // SHA-256 of what was shown of others, by name
	verdicts   map[string]string // on suggestions, by id
	undo, redo []int             // entries, the last one last
}

// Open opens labels for work and takes up what the journal holds.
func Open(opt Options) (*Session, error) {
	if opt.Clock == nil {
		opt.Clock = time.Now
	}
	s := &Session{opt: opt, byID: map[string]*article{}, table: file{name: native.ActorsFile}}
	for _, a := range opt.Articles {
		if s.byID[a.DocID] != nil {
			return nil, fmt.Errorf("article %q: found it twice", a.DocID)
		}
		if a.DocID+".json" == native.ActorsFile {
			return nil, fmt.Errorf("article %q: its label file would be the table of actors; give its file another name", a.DocID)
		}
		x := &article{Article: a, index: schema.NewIndex(a.Text), state: &state{docID: a.DocID}, file: file{name: a.DocID + ".json"}}
		s.articles, s.byID[a.DocID] = append(s.articles, x), x
	}
	if !s.ReadOnly() {
		if err := s.makeDir(); err != nil {
			return nil, errors.Join(err, s.Close())
		}
		var err error
		if s.log, s.entries, err = journal.Open(s.dir(), opt.Pass, opt.Clock); err != nil {
			s.log = nil
			return nil, errors.Join(err, s.Close())
		}
		s.removePartial()
		if s.log.Torn > 0 {
			s.notes = append(s.notes, fmt.Sprintf("the last line of the journal was torn and is left out (%d bytes): it was never said to be saved", s.log.Torn))
		}
	}
	if err := s.load(); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// Close ends the work. Everything is on disk already.
func (s *Session) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.watch.close()
	var err error
	if s.log != nil {
		err = s.log.Close()
	}
	for _, dir := range s.madeDirs {
		_ = os.Remove(dir) // where nothing was written into it
	}
	return err
}

// leftAfter is the age from which on a half-written file is one that a killed program
// has left.
const leftAfter = time.Minute

// removePartial removes what killed programs have left of label files that they were
// writing.
func (s *Session) removePartial() {
	names, _ := filepath.Glob(filepath.Join(s.dir(), ".partial-*"))
	for _, name := range names {
		if info, err := os.Lstat(name); err == nil && info.Mode().IsRegular() && time.Since(info.ModTime()) > leftAfter {
			_ = os.Remove(name) // it is in nobody's way
		}
	}
}

// makeDir makes the folder that is written, and those above it.
func (s *Session) makeDir() error {
	for dir := filepath.Clean(s.dir()); ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(dir); err == nil || filepath.Dir(dir) == dir {
			break
		}
		s.madeDirs = append(s.madeDirs, dir)
	}
	return os.MkdirAll(s.dir(), 0o777)
}

// Notes is what was found on opening, for the person who labels.
func (s *Session) Notes() []string { return s.notes }

// ReadOnly reports whether labels are shown only.
func (s *Session) ReadOnly() bool { return s.opt.Dir == "" }

// dir is the folder that is written.
func (s *Session) dir() string {
	if s.opt.Pass == "" {
		return s.opt.Dir
	}
	return s.opt.Dir + string(os.PathSeparator) + native.PassesDir + string(os.PathSeparator) + s.opt.Pass
}

// source is the same folder for reading.
func (s *Session) source() labels.Source {
	if s.opt.Pass == "" || s.opt.Labels.FS == nil {
		return s.opt.Labels
	}
	src := s.opt.Labels
	src.Path = path.Join(src.Path, native.PassesDir, s.opt.Pass)
	return src
}

// load reads the label files and does what the journal says.
func (s *Session) load() error {
	if err := s.loadActors(); err != nil {
		return err
	}
	replayed, err := s.replay()
	if err != nil {
		return err
	}
	for _, a := range s.articles {
		if err := s.loadArticle(a, replayed[a.DocID]); err != nil {
			return err
		}
	}
	return s.loadReview()
}

// article is the article of that id.
func (s *Session) article(docID string) (*article, error) {
	if a := s.byID[docID]; a != nil {
		return a, nil
	}
	return nil, &NotFoundError{docID}
}

// useOf says where an actor is mentioned or a member, "" for nowhere. The labels of t
// count instead of those that they are a copy of.
func (s *Session) useOf(actor string, t target) string {
	for _, a := range s.articles {
		st := a.state
		if t.labels != nil && t.labels.docID == a.DocID {
			st = t.labels
		}
		for _, m := range st.mentions {
			if m.ActorID == actor {
				return fmt.Sprintf("mention %q of article %q", m.ID, a.DocID)
			}
		}
	}
	for _, x := range t.actors.actors {
		if x.ID != actor && slices.Contains(x.Members, actor) {
			return fmt.Sprintf("a member of %q", x.ID)
		}
	}
	return ""
}

// ValidPass reports whether a name may be that of a pass: the name of its folder.
func ValidPass(name string) bool {
	return name != "" && !strings.HasPrefix(name, ".") && !strings.ContainsAny(name, `/\:*?"<>|`) && strings.TrimSpace(name) == name && name != "gold"
}

// Dir is the folder that is written, "" for none.
func (s *Session) Dir() string {
	if s.ReadOnly() {
		return ""
	}
	return s.dir()
}

// Actions is how many actions are in the journal.
func (s *Session) Actions() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, e := range s.entries {
		switch e.Kind {
		case journal.Act, journal.Undo, journal.Redo, journal.Verdict, journal.Review:
			n++
		}
	}
	return n
}

// Look notices what something else did to files, and takes it in.
func (s *Session) Look() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, a := range s.articles {
		_ = s.notice(a) // the next request for the article says it
	}
}

// ErrReadOnly says that nothing can be changed.
var ErrReadOnly = errors.New("these labels are shown only: name a folder of labels to change some")

// NotFoundError is an article that the session does not have.
type NotFoundError struct{ DocID string }

func (e *NotFoundError) Error() string { return "no article " + e.DocID }

// RefusedError is an action that would make labels which are none.
type RefusedError struct{ Message, Next string }

func (e *RefusedError) Error() string { return e.Message }

// Hint is the next step, "" for none.
func (e *RefusedError) Hint() string { return e.Next }

// StaleError is an action on labels that are no longer what the page shows: nothing
// was done.
type StaleError struct{ Message string }

func (e *StaleError) Error() string { return e.Message }
