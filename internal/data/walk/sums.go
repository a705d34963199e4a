package walk

import (
	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/tables"
)

// ContentSums computes the content hashes of all tables.
type ContentSums struct {
	articles  *tables.TableHash[tables.ArticleRow]
	mentions  *tables.TableHash[tables.MentionRow]
	Actors    *tables.TableHash[tables.ActorRow]
	events    *tables.TableHash[tables.EventRow]
	arguments *tables.TableHash[tables.ArgumentRow]

	passMentions  *tables.TableHash[tables.PassMentionRow]
	passEvents    *tables.TableHash[tables.PassEventRow]
	passArguments *tables.TableHash[tables.PassArgumentRow]
}

func NewContentSums() *ContentSums {
	return &ContentSums{
		tables.NewTableHash[tables.ArticleRow](), tables.NewTableHash[tables.MentionRow](), tables.NewTableHash[tables.ActorRow](),
		tables.NewTableHash[tables.EventRow](), tables.NewTableHash[tables.ArgumentRow](), tables.NewTableHash[tables.PassMentionRow](),
		tables.NewTableHash[tables.PassEventRow](), tables.NewTableHash[tables.PassArgumentRow](),
	}
}

func (s *ContentSums) Add(d *Entry) {
	s.articles.Add(d.Article)
	addAll(s.mentions, d.Mentions)
	addAll(s.events, d.Events)
	addAll(s.arguments, d.Arguments)
	addAll(s.passMentions, d.PassMentions)
	addAll(s.passEvents, d.PassEvents)
	addAll(s.passArguments, d.PassArguments)
}

func addAll[T tables.Row](h *tables.TableHash[T], rows []T) {
	for i := range rows {
		h.Add(&rows[i])
	}
}

// Tables is the manifest's entries, in the order of [dataset.Tables]; a pass table
// without rows is left out.
func (s *ContentSums) Tables() []dataset.TableInfo {
	list := []dataset.TableInfo{s.articles.Table(), s.mentions.Table(), s.Actors.Table(), s.events.Table(), s.arguments.Table()}
	for _, t := range []dataset.TableInfo{s.passMentions.Table(), s.passEvents.Table(), s.passArguments.Table()} {
		if t.Rows > 0 {
			list = append(list, t)
		}
	}
	return list
}

// ContentOf is the content hash of a release made of the dataset.
func ContentOf(ds dataset.Dataset) (string, error) {
	sums := NewContentSums()
	for d, err := range Entries(ds, func(err error) error { return err }) {
		if err != nil {
			return "", err
		}
		sums.Add(d)
	}
	actors, err := ActorsOf(ds)
	if err != nil {
		return "", err
	}
	for _, a := range actors {
		sums.Actors.Add(&a.Actor)
	}
	return dataset.ContentHash(sums.Tables()), nil
}
