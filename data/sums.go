package data

// contentSums computes the content hashes of all tables.
type contentSums struct {
	articles  *tableHash[ArticleRow]
	mentions  *tableHash[MentionRow]
	actors    *tableHash[ActorRow]
	events    *tableHash[EventRow]
	arguments *tableHash[ArgumentRow]

	passMentions  *tableHash[PassMentionRow]
	passEvents    *tableHash[PassEventRow]
	passArguments *tableHash[PassArgumentRow]
}

func newContentSums() *contentSums {
	return &contentSums{
		newTableHash[ArticleRow](), newTableHash[MentionRow](), newTableHash[ActorRow](),
		newTableHash[EventRow](), newTableHash[ArgumentRow](), newTableHash[PassMentionRow](),
		newTableHash[PassEventRow](), newTableHash[PassArgumentRow](),
	}
}

func (s *contentSums) add(d *document) {
	s.articles.add(d.article)
	addAll(s.mentions, d.mentions)
	addAll(s.events, d.events)
	addAll(s.arguments, d.arguments)
	addAll(s.passMentions, d.passMentions)
	addAll(s.passEvents, d.passEvents)
	addAll(s.passArguments, d.passArguments)
}

func addAll[T Row](h *tableHash[T], rows []T) {
	for i := range rows {
		h.add(&rows[i])
	}
}

// tables is the manifest's entries, in the order of [Tables]; a pass table
// without rows is left out.
func (s *contentSums) tables() []TableInfo {
	list := []TableInfo{s.articles.table(), s.mentions.table(), s.actors.table(), s.events.table(), s.arguments.table()}
	for _, t := range []TableInfo{s.passMentions.table(), s.passEvents.table(), s.passArguments.table()} {
		if t.Rows > 0 {
			list = append(list, t)
		}
	}
	return list
}

// contentOf is the content hash of a release made of the dataset.
func contentOf(ds Dataset) (string, error) {
	sums := newContentSums()
	for d, err := range documents(ds, func(err error) error { return err }) {
		if err != nil {
			return "", err
		}
		sums.add(d)
	}
	actors, err := actorsOf(ds)
	if err != nil {
		return "", err
	}
	for _, a := range actors {
		sums.actors.add(NewActorRow(&a.Actor))
	}
	return contentHash(sums.tables()), nil
}
