package annotate

import (
	"strconv"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/native"
)

// Suggest gives the options an extractor's labels, whose spans stand in the articles.
// What has no id gets one.
func (o *Options) Suggest(docs []*labels.Document) error {
	o.Suggested = map[string]*labels.Document{}
	var all []byte
	for _, d := range docs {
		if d.Error != "" {
			continue
		}
		taken := map[string]bool{}
		name := func(id *string, prefix string, i int) {
			for n := i + 1; *id == "" || taken[prefix+*id]; n++ {
				*id = prefix + strconv.Itoa(n)
			}
			taken[prefix+*id] = true
		}
		for i := range d.Mentions {
			name(&d.Mentions[i].ID, "m", i)
		}
		for i := range d.Events {
			name(&d.Events[i].ID, "e", i)
		}
		var err error
		if all, err = native.AppendLine(all, d); err != nil {
			return err
		}
		o.Suggested[d.DocID] = d
	}
	o.SuggestedHash = hash(all)
	return nil
}
