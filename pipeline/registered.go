package pipeline

// What registers itself.
import (
	_ "github.com/mizan-corpus/mizan/internal/eval/extract/baselines"
	_ "github.com/mizan-corpus/mizan/internal/eval/extract/openai"
	_ "github.com/mizan-corpus/mizan/internal/eval/extract/process"
	_ "github.com/mizan-corpus/mizan/internal/eval/extract/service"
	_ "github.com/mizan-corpus/mizan/internal/eval/report/page"
	_ "github.com/mizan-corpus/mizan/internal/labels/formats"
)
