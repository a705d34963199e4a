package extract_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/eval/extract"
	"github.com/mizan-corpus/mizan/internal/eval/extract/extracttest"
)

func TestOpenErrors(t *testing.T) {
	for _, test := range []struct{ spec, what, hint string }{
		{"exce:python3 x", `unknown scheme "exce", expected one of builtin, exec, file, http, https, openai`, "did you mean exec?"},
		{"lookup", "no scheme", "did you mean builtin:lookup?"},
		{"python3 x.py", "no scheme", ""},
		{"exec", "nothing after the scheme", ""},
		{"exec:", "no command", ""},
		{"exec:'x", "quote is not closed", ""},
		{"builtin:lokup", `unknown builtin "lokup", expected one of lookup, rules`, "did you mean lookup?"},
		{"builtin:rules?name=x", `unknown parameter "name"`, "did you mean names?"},
		{"builtin:rules?names", "expected KEY=VALUE", ""},
		{"builtin:lookup", "no names", "names=FILE"},
		{"file:", "no path", ""},
	} {
		_, err := extract.Open(test.spec, extract.Options{})
		var bad *extract.SpecError
		if !errors.As(err, &bad) || !strings.Contains(err.Error(), test.what) || !strings.Contains(bad.Hint(), test.hint) {
			t.Errorf("%s: got %v (hint %q), want %q (hint %q)", test.spec, err, extracttest.HintOf(err), test.what, test.hint)
		}
	}
}
