package extract

import (
	"context"
	"net/url"

	"github.com/mizan-corpus/mizan/schema"
)

func init() {
	for _, s := range []string{"http", "https"} {
		Register(Scheme{
			Name:    s,
			Usage:   s + "://HOST/PATH",
			Summary: "a service: POST an article, get its annotation, the JSON of exec",
			Open: func(spec, _ string, opt Options) (Extractor, error) {
				u, err := serviceURL(spec, spec)
				if err != nil {
					return nil, err
				}
				return newHTTP(u, opt)
			},
		})
	}
}

// serviceURL parses the address of a service.
func serviceURL(spec, address string) (*url.URL, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		// The parse error would repeat the address with its password.
		return nil, &SpecError{Spec: hidden(spec), What: "found no address of a service, expected http://HOST/PATH or https://HOST/PATH"}
	}
	u.Fragment = ""
	return u, nil
}

// httpExtractor asks a service: the line of [EncodeArticle] is POSTed, and the
// body of the answer is one annotation, or {"error"}.
type httpExtractor struct{ *poster }

func newHTTP(u *url.URL, opt Options) (Extractor, error) {
	p, err := newPoster(redactedURL(u), u, opt)
	if err != nil {
		return nil, err
	}
	return &httpExtractor{p}, nil
}

// Extract asks the service about a.
func (x *httpExtractor) Extract(ctx context.Context, a *schema.Article) (*schema.Annotation, error) {
	if a.DocID == "" {
		return nil, x.fail("", &Error{Kind: KindInvalid, Detail: "the article has no doc_id, and answers are told apart by it"})
	}
	line, err := EncodeArticle(a)
	if err != nil {
		return nil, x.fail(a.DocID, &Error{Kind: KindInvalid, Err: err})
	}
	body, fault := x.post(ctx, a.DocID, line)
	if fault != nil {
		return nil, fault
	}
	got := decodeLine(body)
	switch {
	case got.fault != nil && got.fault.Kind == KindNotJSON:
		got.fault.Detail = "found " + excerpt(body) + ", expected one JSON object as the body"
		got.fault.Advice = "does the address answer a POST with an annotation?"
		return nil, x.fail(a.DocID, got.fault)
	case got.fault != nil:
		return nil, x.fail(a.DocID, got.fault)
	case got.docID != a.DocID:
		return nil, x.fail(a.DocID, &Error{Kind: KindWrongDoc, Detail: "found an annotation of " + excerpt([]byte(got.docID))})
	}
	return got.annotation, nil
}
