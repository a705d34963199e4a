package eval_test

import (
	_ "github.com/mizan-corpus/mizan/internal/eval/compat"
	_ "github.com/mizan-corpus/mizan/internal/eval/metrics"
)
