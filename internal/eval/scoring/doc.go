// Package scoring turns articles with gold labels and predictions into results:
// it joins the two, counts every metric that is asked for, renders figures with
// intervals, compares systems, and judges a gate's conditions. Importing it
// registers the metrics and the compatibility schemes.
package scoring

import (
	_ "github.com/mizan-corpus/mizan/internal/eval/compat"
	_ "github.com/mizan-corpus/mizan/internal/eval/metrics"
)
