package extract

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// poster sends JSON to one address, and sends it again where that may help.
type poster struct {
	name    string
	address string
	client  *http.Client
	header  http.Header
	hide    secrets
	opt     Options
	pace    pace

	failures atomic.Int32 // articles in a row that failed for the service's fault
	closed   atomic.Bool
	traceMu  sync.Mutex
}

// newPoster makes a poster to u. name stands before its errors.
func newPoster(name string, u *url.URL, opt Options) (*poster, error) {
	retries := opt.Retries
	opt = opt.withDefaults()
	opt.Retries = max(0, cmp.Or(retries, 5))
	if opt.HTTP.MaxWait <= 0 {
		opt.HTTP.MaxWait = 2 * time.Minute
	}
	if opt.HTTP.Backoff <= 0 {
		opt.HTTP.Backoff = 500 * time.Millisecond
	}
	p := &poster{name: name, opt: opt}
	var err error
	if p.header, p.hide, err = parseHeaders(opt.HTTP.Headers, opt.HTTP.LookupEnv); err != nil {
		return nil, err
	}
	if u.User != nil {
		password, _ := u.User.Password()
		p.hide.add(password)
		p.setBasic(u.User.Username(), password)
		without := *u
		without.User = nil
		u = &without
	}
	for key, values := range u.Query() {
		if isSecretName(key) {
			p.hide.add(values...)
		}
	}
	p.address = u.String()
	p.client, err = newClient(opt)
	return p, err
}

// setBasic authenticates with what stands before the @ of an address.
func (p *poster) setBasic(user, password string) {
	r := http.Request{Header: p.header}
	r.SetBasicAuth(user, password)
	p.hide.addValue(p.header.Get("Authorization"))
}

// Name is the extractor's name.
func (p *poster) Name() string { return p.name }

// Close ends the idle connections.
func (p *poster) Close() error {
	p.closed.Store(true)
	p.client.CloseIdleConnections()
	return nil
}

// post sends body and gives back the body of the answer.
func (p *poster) post(ctx context.Context, docID string, body []byte) ([]byte, *Error) {
	for attempt := 0; ; attempt++ {
		switch n := int(p.failures.Load()); {
		case p.closed.Load():
			return nil, p.fail(docID, &Error{Kind: KindClosed, Err: ErrClosed})
		case n >= p.opt.MaxFailures:
			return nil, p.fail(docID, &Error{Kind: KindGaveUp, Attempts: attempt,
				Detail: fmt.Sprintf("%d articles in a row failed without an answer", n), Advice: "the first errors say why"})
		}
		answer, retry, fault := p.try(ctx, docID, body)
		if fault == nil {
			p.failures.Store(0)
			return answer, nil
		}
		fault.Attempts = attempt + 1
		if fault.Kind == KindCancelled {
			return nil, p.fail(docID, fault)
		}
		if !retry.again || attempt >= p.opt.Retries {
			if fault.Kind == KindConnect || fault.Kind == KindStatus || fault.Kind == KindTimeout {
				p.failures.Add(1)
			}
			return nil, p.fail(docID, fault)
		}
		if err := p.pace.wait(ctx, p.delay(docID, attempt, retry)); err != nil {
			return nil, p.fail(docID, &Error{Kind: KindCancelled, Err: err, Attempts: attempt + 1})
		}
	}
}

// try sends body once.
func (p *poster) try(ctx context.Context, docID string, body []byte) ([]byte, retry, *Error) {
	if err := p.pace.wait(ctx, 0); err != nil {
		return nil, retry{}, &Error{Kind: KindCancelled, Err: err}
	}
	limited, cancel := context.WithTimeout(ctx, p.opt.Timeout)
	defer cancel()
	r, err := http.NewRequestWithContext(limited, http.MethodPost, p.address, bytes.NewReader(body))
	if err != nil {
		return nil, retry{}, &Error{Kind: KindInvalid, Err: errors.New(plain(err))}
	}
	r.Header = p.header.Clone()
	CountAttempt(ctx)
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
		fault := &Error{Kind: KindStatus, Detail: "found status " + resp.Status + ", expected 200"}
		if text := bytes.TrimSpace(answer); len(text) > 0 {
			fault.Detail += ": " + clip(strings.Join(strings.Fields(string(bytes.ToValidUTF8(text, []byte("\ufffd")))), " "), 300)
		}
		fault.Advice = statusAdvice(resp)
		return nil, retryAfter(resp), fault
	}
	if len(answer) > p.opt.MaxLine {
		return nil, retry{}, &Error{Kind: KindTooLong, Detail: fmt.Sprintf("an answer of more than %d bytes", p.opt.MaxLine)}
	}
	return answer, retry{}, nil
}

// broken is the outcome of a try that ended without an answer. A timeout is
// final, as it is for a process, and so is what another try cannot mend.
func (p *poster) broken(ctx, limited context.Context, err error) ([]byte, retry, *Error) {
	deadline, _ := limited.Deadline()
	var moved *redirectError
	switch {
	case ctx.Err() != nil:
		return nil, retry{}, &Error{Kind: KindCancelled, Err: context.Cause(ctx)}
	case limited.Err() != nil || isTimeout(err) && !time.Now().Before(deadline):
		return nil, retry{}, &Error{Kind: KindTimeout, Detail: fmt.Sprintf("no answer within %v", p.opt.Timeout)}
	case errors.As(err, &moved):
		return nil, retry{}, &Error{Kind: KindStatus, Err: moved, Advice: "give the address that it points to, if you trust it"}
	}
	return nil, retry{again: mayPass(err)}, &Error{Kind: KindConnect, Err: errors.New(plain(err)), Advice: connectAdvice(err)}
}

// fail completes an error and takes the secrets out of it.
func (p *poster) fail(docID string, err *Error) *Error {
	err.Extractor, err.DocID = p.name, docID
	err.Detail = p.hide.redact(err.Detail)
	if err.Err != nil {
		if text := p.hide.redact(err.Err.Error()); text != err.Err.Error() {
			err.Err = errors.New(text)
		}
	}
	return err
}

// trace writes one message of the wire on one line.
func (p *poster) trace(mark, docID string, body []byte) {
	if p.opt.Trace == nil {
		return
	}
	p.traceMu.Lock()
	defer p.traceMu.Unlock()
	text := strings.NewReplacer("\r", "", "\n", " ").Replace(strings.TrimSpace(string(body)))
	// A trace that cannot be written must not stop the work it watches.
	_, _ = fmt.Fprintf(p.opt.Trace, "%s %s %s %s\n", p.name, mark, docID, p.hide.redact(text))
}
