package service

import (
	"context"
	"errors"
	"hash/fnv"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// retry says whether a failed try may be repeated, and when.
type retry struct {
	again bool
	after time.Duration // asked for by the service, 0 for none
	all   bool          // the service asked everyone to wait, not this article alone
}

// retryAfter is what a status that is no success means: 429 and 5xx may pass,
// but not 501 and 505, which say that the service never will.
func retryAfter(resp *http.Response) retry {
	code := resp.StatusCode
	r := retry{again: code == http.StatusTooManyRequests || code == http.StatusRequestTimeout ||
		code >= 500 && code != http.StatusNotImplemented && code != http.StatusHTTPVersionNotSupported}
	r.all = code == http.StatusTooManyRequests || code == http.StatusServiceUnavailable
	value := strings.TrimSpace(resp.Header.Get("Retry-After"))
	if seconds, err := strconv.ParseUint(value, 10, 31); err == nil {
		r.after = time.Duration(seconds) * time.Second
	} else if at, err := http.ParseTime(value); err == nil {
		// Counted from the service's own clock where it gives it.
		now, err := http.ParseTime(resp.Header.Get("Date"))
		if err != nil {
			now = time.Now()
		}
		r.after = max(0, at.Sub(now))
	}
	return r
}

// delay is the time before the next try: what the service asks for, else
// Backoff × 2^attempt, taken down by up to a half by a number drawn from the
// doc_id and the attempt, so that articles that failed together do not come
// back together; MaxWait at most.
func (p *Poster) delay(docID string, attempt int, r retry) time.Duration {
	d := p.opt.HTTP.MaxWait
	if attempt < 30 {
		d = min(d, p.opt.HTTP.Backoff<<attempt)
	}
	h := fnv.New64a()
	h.Write([]byte(docID + "\x00" + strconv.Itoa(attempt)))
	d -= time.Duration(float64(d) / 2 * float64(h.Sum64()>>11) / (1 << 53))
	if r.after > 0 {
		d = min(r.after, p.opt.HTTP.MaxWait)
		if r.all {
			p.pace.hold(d)
		}
	}
	return d
}

// pace holds every article back while a service wants to be left alone.
type pace struct {
	mu    sync.Mutex
	until time.Time
}

func (p *pace) hold(d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if at := time.Now().Add(d); at.After(p.until) {
		p.until = at
	}
}

// wait waits at least d, and until nobody holds it back; the error is that of
// ctx.
func (p *pace) wait(ctx context.Context, d time.Duration) error {
	for {
		p.mu.Lock()
		d = max(d, time.Until(p.until))
		p.mu.Unlock()
		if d <= 0 {
			if ctx.Err() != nil {
				return context.Cause(ctx)
			}
			return nil
		}
		timer := time.NewTimer(d)
		select {
		case <-timer.C:
			d = 0
		case <-ctx.Done():
			timer.Stop()
			return context.Cause(ctx)
		}
	}
}

// isTimeout reports whether a network error says that time ran out.
func isTimeout(err error) bool {
	var t interface{ Timeout() bool }
	return errors.As(err, &t) && t.Timeout()
}
