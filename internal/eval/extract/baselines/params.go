package baselines

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/eval/extract"
)

// checkParams refuses parameters other than the allowed ones.
func checkParams(spec string, params map[string]string, allowed ...string) error {
	given := slices.Sorted(maps.Keys(params))
	for _, key := range given {
		if !slices.Contains(allowed, key) {
			return &extract.SpecError{Spec: spec, Advice: extract.DidYouMean(key, allowed),
				What: fmt.Sprintf("unknown parameter %q, expected %s", key, strings.Join(allowed, ", "))}
		}
	}
	return nil
}
