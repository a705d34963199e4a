package extract

import (
	"context"
	"sync"

	"github.com/mizan-corpus/mizan/internal/labels"
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

// Meter counts what one article takes. Extractors reach it by the context.
type Meter struct {
	Mu        sync.Mutex
	Attempts  int
	Tokens    *Tokens // nil as long as nothing was said of them
	NoUsage   bool    // the model answered without saying
	Alignment Placement
	Placed    []Placed
	Hints     *labels.Hints // what the answer says of its spans besides; taken by Aligned
	Repair    string        // "mended" or "failed" where a model was asked to mend its answer
}

// MeterKey is the context key of the article's meter.
type MeterKey struct{}

// Measured does something with the meter of the article of ctx, if any.
func Measured(ctx context.Context, do func(*Meter)) {
	if m, ok := ctx.Value(MeterKey{}).(*Meter); ok {
		m.Mu.Lock()
		defer m.Mu.Unlock()
		do(m)
	}
}

// CountAttempt records that the article of ctx is being asked (again).
// Extractors that retry call it once a try, so that the attempts of its result are true;
// others need not. It must be called from within Extract or from something
// that Extract waits for.
func CountAttempt(ctx context.Context) { Measured(ctx, func(m *Meter) { m.Attempts++ }) }

// CountTokens records what a model read and wrote for the article of ctx, see
// the tokens of its result. It is called where [CountAttempt] is.
func CountTokens(ctx context.Context, t Tokens) {
	Measured(ctx, func(m *Meter) {
		if m.Tokens == nil {
			m.Tokens = &Tokens{}
		}
		m.Tokens.Add(t)
	})
}
