package scoring

import (
	"fmt"
	"strings"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/schema"
)

// computable are the metrics that the ontology has all parts for, and what a
// reader must know of the others: they are not computed, rather than 0. The
// error is an [eval.OptionError] where none is left.
func computable(metrics []*eval.Metric, o *schema.Ontology) (kept []*eval.Metric, warnings []string, err error) {
	var order []string
	without := map[string][]string{} // names of metrics by what is lacking
	for _, m := range metrics {
		lacking := eval.Lacking(o, m.Asks)
		if len(lacking) == 0 {
			kept = append(kept, m)
			continue
		}
		key := string(lacking[0])
		if without[key] == nil {
			order = append(order, key)
		}
		without[key] = append(without[key], m.Name)
	}
	for _, key := range order {
		warnings = append(warnings, fmt.Sprintf("not computed, since the ontology %s has no %s: %s", o.Name, key, strings.Join(without[key], ", ")))
	}
	if len(kept) == 0 && len(metrics) > 0 {
		return nil, nil, &eval.OptionError{Err: fmt.Errorf("no metric is left: %s", strings.Join(warnings, "; "))}
	}
	return kept, warnings, nil
}
