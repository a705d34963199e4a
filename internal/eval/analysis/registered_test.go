package analysis

import _ "github.com/mizan-corpus/mizan/internal/eval/metrics"
