package analysis

import _ "github.com/mizan-corpus/mizan/eval/metrics"
