package extract

import (
	"context"
	"sync"
)

// Tokens are what a language model read and wrote, as it says itself.
type Tokens struct {
	Prompt     int64 `json:"prompt"`
	Completion int64 `json:"completion"`
}

// Add adds the counts of other.
func (t *Tokens) Add(other Tokens) {
	t.Prompt += other.Prompt
	t.Completion += other.Completion
}

// meter counts what one article takes. Extractors reach it by the context.
type meter struct {
	mu        sync.Mutex
	attempts  int
	tokens    *Tokens // nil as long as nothing was said of them
	noUsage   bool    // the model answered without saying
	alignment Alignment
	unplaced  []Unplaced
}

// meterKey is the context key of the article's meter.
type meterKey struct{}

// measured does something with the meter of the article of ctx, if any.
func measured(ctx context.Context, do func(*meter)) {
	if m, ok := ctx.Value(meterKey{}).(*meter); ok {
		m.mu.Lock()
		defer m.mu.Unlock()
		do(m)
	}
}

// CountAttempt records that the article of ctx is being asked (again).
// Extractors that retry call it once a try, so that [Result.Attempts] is true;
// others need not. It must be called from within Extract or from something
// that Extract waits for.
func CountAttempt(ctx context.Context) { measured(ctx, func(m *meter) { m.attempts++ }) }

// CountTokens records what a model read and wrote for the article of ctx, see
// [Result.Tokens]. It is called where [CountAttempt] is.
func CountTokens(ctx context.Context, t Tokens) {
	measured(ctx, func(m *meter) {
		if m.tokens == nil {
			m.tokens = &Tokens{}
		}
		m.tokens.Add(t)
	})
}
