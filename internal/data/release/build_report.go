package release

import (
	"errors"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/internal/labels"
)

// Report is what a build did.
type Report struct {
	Dir        string           `json:"dir"`
	Outcome    string           `json:"outcome"` // "created", "unchanged" or "replaced"
	Identity   dataset.Identity `json:"identity"`
	Articles   int              `json:"articles"` // in the release
	Labelled   int              `json:"labelled"`
	Duplicates int              `json:"duplicates,omitempty"` // articles that repeat another
	Skipped    []string         `json:"skipped,omitempty"`    // articles that could not be read, and why: the first MaxSkipped
	Unread     int              `json:"unread,omitempty"`     // all articles that could not be read
	// Found says how the articles of some labels were found otherwise than by id.
	Found     string `json:"found,omitempty"`
	Notes     int    `json:"notes"` // findings of the label rules that are no errors
	Questions int    `json:"questions"`
	// PassRegions is how many regions passes left unlabelled, which no table has.
	PassRegions int                 `json:"pass_regions,omitempty"`
	Tables      []dataset.TableInfo `json:"tables"`
	Bytes       int64               `json:"bytes"` // of all files
}

// MaxSkipped is how many articles that could not be read a [Report] names.
const MaxSkipped = 1000

// A StrictError is the article that ended a strict build.
type StrictError struct{ *document.FileError }

// Hint is the next step.
func (e *StrictError) Hint() string { return "without --strict it is left out and named" }

// Unwrap is the error of the article.
func (e *StrictError) Unwrap() error { return e.FileError }

// ErrNoArticles says that a source gave no article at all.
var ErrNoArticles = errors.New("no articles: a release needs at least one")

// A NoArticlesError is [ErrNoArticles] with the articles that could not be read.
type NoArticlesError struct {
	Skipped []string // what a [Report] has
	Unread  int
}

func (e *NoArticlesError) Error() string { return ErrNoArticles.Error() }

// Unwrap is ErrNoArticles.
func (e *NoArticlesError) Unwrap() error { return ErrNoArticles }

// reportError takes note of a bad record; an I/O error comes back.
func (b *builder) reportError(err error) error {
	var file *document.FileError
	var record *labels.RecordError
	switch {
	case errors.As(err, &file) && b.opt.Strict:
		return &StrictError{file}
	case errors.As(err, &file):
		if b.report.Unread++; b.report.Unread <= MaxSkipped {
			b.report.Skipped = append(b.report.Skipped, skipped(file))
		}
	case errors.As(err, &record):
		b.problems = append(b.problems, err)
	default:
		return err
	}
	return nil
}

// skipped is what is said of an article that could not be read.
func skipped(e *document.FileError) string {
	if e.Hint == "" {
		return e.Error()
	}
	return e.Error() + "; " + e.Hint
}
