package extract

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

func init() {
	Register(Scheme{
		Name:    "builtin",
		Usage:   "builtin:NAME[?KEY=VALUE&…]",
		Summary: "a baseline that comes with this program",
		Open:    openBuiltin,
	})
}

func openBuiltin(spec, rest string, opt Options) (Extractor, error) {
	name, query, _ := strings.Cut(rest, "?")
	b, ok := builtins[name]
	if !ok {
		known := make([]string, 0, len(builtins))
		for _, b := range Builtins() {
			known = append(known, b.Name)
		}
		return nil, &SpecError{Spec: spec, Advice: didYouMean(name, known),
			What: fmt.Sprintf("unknown builtin %q, expected one of %s", name, strings.Join(known, ", "))}
	}
	params := map[string]string{}
	for pair := range strings.SplitSeq(query, "&") {
		if pair == "" {
			continue
		}
		key, value, ok := strings.Cut(pair, "=")
		if _, twice := params[key]; twice || !ok {
			return nil, &SpecError{Spec: spec, What: fmt.Sprintf("parameter %q: expected KEY=VALUE, each key once", pair)}
		}
		params[key] = value
	}
	return b.New(spec, params, opt)
}

// checkParams refuses parameters other than the allowed ones.
func checkParams(spec string, params map[string]string, allowed ...string) error {
	given := slices.Sorted(maps.Keys(params))
	for _, key := range given {
		if !slices.Contains(allowed, key) {
			return &SpecError{Spec: spec, Advice: didYouMean(key, allowed),
				What: fmt.Sprintf("unknown parameter %q, expected %s", key, strings.Join(allowed, ", "))}
		}
	}
	return nil
}
