package eval_test

import (
	_ "github.com/mizan-corpus/mizan/eval/compat"
	_ "github.com/mizan-corpus/mizan/eval/metrics"
)
