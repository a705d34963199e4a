package service

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/mizan-corpus/mizan/internal/eval/extract"
	"github.com/mizan-corpus/mizan/internal/eval/extract/wire"
)

// Poster sends JSON to one address, and sends it again where that may help.
type Poster struct {
	name    string
	address string
	client  *http.Client
	Header  http.Header
	Hide    secrets
	opt     extract.Options
	pace    pace

	failures atomic.Int32 // articles in a row that failed for the service's fault
	closed   atomic.Bool
	traceMu  sync.Mutex
}

// NewPoster makes a poster to u. name stands before its errors.
func NewPoster(name string, u *url.URL, opt extract.Options) (*Poster, error) {
	retries := opt.Retries
	opt = opt.WithDefaults()
	opt.Retries = max(0, cmp.Or(retries, 5))
	if opt.HTTP.MaxWait <= 0 {
		opt.HTTP.MaxWait = 2 * time.Minute
	}
	if opt.HTTP.Backoff <= 0 {
		opt.HTTP.Backoff = 500 * time.Millisecond
	}
	p := &Poster{name: name, opt: opt}
	var err error
	if p.Header, p.Hide, err = parseHeaders(opt.HTTP.Headers, opt.HTTP.LookupEnv); err != nil {
		return nil, err
	}
	if u.User != nil {
		password, _ := u.User.Password()
		p.Hide.add(password)
		p.setBasic(u.User.Username(), password)
		without := *u
		without.User = nil
		u = &without
	}
	for key, values := range u.Query() {
		if isSecretName(key) {
			p.Hide.add(values...)
		}
	}
	p.address = u.String()
	p.client, err = newClient(opt)
	return p, err
}

// setBasic authenticates with what stands before the @ of an address.
func (p *Poster) setBasic(user, password string) {
	r := http.Request{Header: p.Header}
	r.SetBasicAuth(user, password)
	p.Hide.AddValue(p.Header.Get("Authorization"))
}

// Name is the extractor's name.
func (p *Poster) Name() string { return p.name }

// Close ends the idle connections.
func (p *Poster) Close() error {
	p.closed.Store(true)
	p.client.CloseIdleConnections()
	return nil
}

// Post sends body and gives back the body of the answer.
func (p *Poster) Post(ctx context.Context, docID string, body []byte) ([]byte, *extract.Error) {
	for attempt := 0; ; attempt++ {
		switch n := int(p.failures.Load()); {
		case p.closed.Load():
			return nil, p.Fail(docID, &extract.Error{Kind: extract.KindClosed, Err: extract.ErrClosed})
		case n >= p.opt.MaxFailures:
			return nil, p.Fail(docID, &extract.Error{Kind: extract.KindGaveUp, Attempts: attempt,
				Detail: fmt.Sprintf("%d articles in a row failed without an answer", n), Advice: "the first errors say why"})
		}
		answer, retry, fault := p.try(ctx, docID, body)
		if fault == nil {
			p.failures.Store(0)
			return answer, nil
		}
		fault.Attempts = attempt + 1
		if fault.Kind == extract.KindCancelled {
			return nil, p.Fail(docID, fault)
		}
		if !retry.again || attempt >= p.opt.Retries {
			if fault.Kind == extract.KindConnect || fault.Kind == extract.KindStatus || fault.Kind == extract.KindTimeout {
				p.failures.Add(1)
			}
			return nil, p.Fail(docID, fault)
		}
		if err := p.pace.wait(ctx, p.delay(docID, attempt, retry)); err != nil {
			return nil, p.Fail(docID, &extract.Error{Kind: extract.KindCancelled, Err: err, Attempts: attempt + 1})
		}
	}
}

// try sends body once.
func (p *Poster) try(ctx context.Context, docID string, body []byte) ([]byte, retry, *extract.Error) {
	if err := p.pace.wait(ctx, 0); err != nil {
		return nil, retry{}, &extract.Error{Kind: extract.KindCancelled, Err: err}
	}
	limited, cancel := context.WithTimeout(ctx, p.opt.Timeout)
	defer cancel()
	r, err := http.NewRequestWithContext(limited, http.MethodPost, p.address, bytes.NewReader(body))
	if err != nil {
		return nil, retry{}, &extract.Error{Kind: extract.KindInvalid, Err: errors.New(plain(err))}
	}
	r.Header = p.Header.Clone()
	extract.CountAttempt(ctx)
	p.trace(">", docID, body)
	resp, err := p.client.Do(r)
	if err != nil {
		return p.broken(ctx, limited, err)
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(resp.Body, int64(p.opt.MaxLine)+1))
	if err != nil {
		return p.broken(ctx, limited, err)
	}
	p.trace("< "+resp.Status, docID, answer)
	if resp.StatusCode/100 != 2 {
		fault := &extract.Error{Kind: extract.KindStatus, Detail: "found status " + resp.Status + ", expected 200"}
		if text := bytes.TrimSpace(answer); len(text) > 0 {
			fault.Detail += ": " + wire.Clip(strings.Join(strings.Fields(string(bytes.ToValidUTF8(text, []byte("\ufffd")))), " "), 300)
		}
		fault.Advice = statusAdvice(resp)
		return nil, retryAfter(resp), fault
	}
	if len(answer) > p.opt.MaxLine {
		return nil, retry{}, &extract.Error{Kind: extract.KindTooLong, Detail: fmt.Sprintf("an answer of more than %d bytes", p.opt.MaxLine)}
	}
	if p.Hide.told(answer) && !reportsError(answer) {
		return nil, retry{}, &extract.Error{Kind: extract.KindInvalid, Detail: "the answer repeats a key that was sent; it was not kept",
			Advice: "a prediction is no place for it: mend the service"}
	}
	return answer, retry{}, nil
}

// reportsError reports whether an answer is an error, whose text is redacted later.
func reportsError(answer []byte) bool {
	var reported struct {
		Error json.RawMessage `json:"error"`
	}
	return json.Unmarshal(answer, &reported) == nil && len(reported.Error) > 0
}

// broken is the outcome of a try that ended without an answer. A timeout is
// final, as it is for a process, and so is what another try cannot mend.
func (p *Poster) broken(ctx, limited context.Context, err error) ([]byte, retry, *extract.Error) {
	deadline, _ := limited.Deadline()
	var moved *redirectError
	switch {
	case ctx.Err() != nil:
		return nil, retry{}, &extract.Error{Kind: extract.KindCancelled, Err: context.Cause(ctx)}
	case limited.Err() != nil || isTimeout(err) && !time.Now().Before(deadline):
		return nil, retry{}, &extract.Error{Kind: extract.KindTimeout, Detail: fmt.Sprintf("no answer within %v", p.opt.Timeout)}
	case errors.As(err, &moved):
		return nil, retry{}, &extract.Error{Kind: extract.KindStatus, Err: moved, Advice: "give the address that it points to, if you trust it"}
	}
	return nil, retry{again: mayPass(err)}, &extract.Error{Kind: extract.KindConnect, Err: errors.New(plain(err)), Advice: connectAdvice(err)}
}

// Fail completes an error and takes the secrets out of it.
func (p *Poster) Fail(docID string, err *extract.Error) *extract.Error {
	err.Extractor, err.DocID = p.name, docID
	err.Detail = p.Hide.redact(err.Detail)
	if err.Err != nil {
		if text := p.Hide.redact(err.Err.Error()); text != err.Err.Error() {
			err.Err = errors.New(text)
		}
	}
	return err
}

// trace writes one message of the wire on one line.
func (p *Poster) trace(mark, docID string, body []byte) {
	if p.opt.Trace == nil {
		return
	}
	p.traceMu.Lock()
	defer p.traceMu.Unlock()
	text := strings.NewReplacer("\r", "", "\n", " ").Replace(strings.TrimSpace(string(body)))
	// A trace that cannot be written must not stop the work it watches.
	_, _ = fmt.Fprintf(p.opt.Trace, "%s %s %s %s\n", p.name, mark, docID, p.Hide.redact(text))
}
