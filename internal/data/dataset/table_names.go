package dataset

import "github.com/mizan-corpus/mizan/schema"

// The names of the tables. A release always has the first five; the tables of
// the annotation passes are there when it has passes.
const (
	TableArticles      = schema.TableArticles
	TableMentions      = schema.TableMentions
	TableActors        = schema.TableActors
	TableEvents        = schema.TableEvents
	TableArguments     = schema.TableArguments
	TablePassMentions  = schema.TablePassMentions
	TablePassEvents    = schema.TablePassEvents
	TablePassArguments = schema.TablePassArguments
)

// Tables is the names of all tables in the order of the documentation.
var Tables = func() (names []string) {
	for _, t := range schema.Tables {
		names = append(names, t.Name)
	}
	return names
}()
