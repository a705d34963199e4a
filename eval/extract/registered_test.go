package extract_test

import (
	_ "github.com/mizan-corpus/mizan/eval/extract/baselines"
	_ "github.com/mizan-corpus/mizan/eval/extract/openai"
	_ "github.com/mizan-corpus/mizan/eval/extract/process"
	_ "github.com/mizan-corpus/mizan/eval/extract/service"
)
