package pipeline

// What registers itself.
import (
	_ "github.com/mizan-corpus/mizan/eval/extract/baselines"
	_ "github.com/mizan-corpus/mizan/eval/extract/openai"
	_ "github.com/mizan-corpus/mizan/eval/extract/process"
	_ "github.com/mizan-corpus/mizan/eval/extract/service"
	_ "github.com/mizan-corpus/mizan/eval/report/page"
	_ "github.com/mizan-corpus/mizan/labels/formats"
)
