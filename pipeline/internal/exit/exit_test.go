package exit

import (
	"errors"
	"fmt"
	"testing"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/scoring"
	"github.com/mizan-corpus/mizan/internal/labels"
)

func TestCodeAndHint(t *testing.T) {
	plain := errors.New("x")
	for name, c := range map[string]struct {
		err  error
		code int
		hint string
	}{
		"nothing":               {nil, OK, ""},
		"plain":                 {plain, Failed, ""},
		"usage":                 {Usage(plain, "see"), WrongUsage, "see"},
		"check":                 {Check(plain, ""), CheckFailed, ""},
		"hint alone":            {WithHint(plain, "see"), Failed, "see"},
		"usage within":          {fmt.Errorf("a: %w", WithHint(Usagef("b"), "see")), WrongUsage, "see"},
		"usage beside a check":  {errors.Join(Check(plain, "c"), Usage(plain, "u")), WrongUsage, "c"},
		"unknown format":        {fmt.Errorf("a: %w", &labels.UnknownFormatError{}), WrongUsage, Hint(&labels.UnknownFormatError{})},
		"setting":               {Settings(&eval.OptionError{Err: plain}), WrongUsage, "the settings are explained by --help"},
		"of another dataset":    {scoring.ErrNothingInCommon, Failed, "name the dataset that they are of with --release"},
		"joined, one knows":     {Join([]error{plain, WithHint(plain, "see"), WithHint(plain, "no")}), Failed, "see"},
		"signatures, with hint": {Mismatch(&scoring.SignatureError{}), Failed, "score both with the same release and flags, or give --allow-mismatch"},
	} {
		if code, hint := Code(c.err), Hint(c.err); code != c.code || hint != c.hint {
			t.Errorf("%s: code %d, hint %q; expected %d, %q", name, code, hint, c.code, c.hint)
		}
	}
}
