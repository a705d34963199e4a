package dataset

import "github.com/mizan-corpus/mizan/internal/field"

// The names of the tables. A release always has the first five; the tables of
// the annotation passes are there when it has passes.
const (
	TableArticles      = field.TableArticles
	TableMentions      = field.TableMentions
	TableActors        = field.TableActors
	TableEvents        = field.TableEvents
	TableArguments     = field.TableArguments
	TablePassMentions  = field.TablePassMentions
	TablePassEvents    = field.TablePassEvents
	TablePassArguments = field.TablePassArguments
)

// Tables is the names of all tables in the order of the documentation.
var Tables = func() (names []string) {
	for _, t := range field.Tables {
		names = append(names, t.Name)
	}
	return names
}()
