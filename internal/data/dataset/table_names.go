package dataset

// The names of the tables. A release always has the first five; the tables of
// the annotation passes are there when it has passes.
const (
	TableArticles      = "articles"
	TableMentions      = "mentions"
	TableActors        = "actors"
	TableEvents        = "events"
	TableArguments     = "arguments"
	TablePassMentions  = "pass_mentions"
	TablePassEvents    = "pass_events"
	TablePassArguments = "pass_arguments"
)

// Tables is the names of all tables in the order of the documentation.
var Tables = []string{
	TableArticles, TableMentions, TableActors, TableEvents, TableArguments,
	TablePassMentions, TablePassEvents, TablePassArguments,
}
