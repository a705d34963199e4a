package extract

import (
	"fmt"
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
		return nil, &SpecError{Spec: spec, Advice: DidYouMean(name, known),
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
