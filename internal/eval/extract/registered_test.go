package extract_test

import (
	_ "github.com/mizan-corpus/mizan/internal/eval/extract/baselines"
	_ "github.com/mizan-corpus/mizan/internal/eval/extract/openai"
	_ "github.com/mizan-corpus/mizan/internal/eval/extract/process"
	_ "github.com/mizan-corpus/mizan/internal/eval/extract/service"
)
