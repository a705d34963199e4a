package service

import (
	"context"
	"net/url"

	"github.com/mizan-corpus/mizan/internal/eval/extract"
	"github.com/mizan-corpus/mizan/internal/eval/extract/wire"
	"github.com/mizan-corpus/mizan/schema"
)

func init() {
	for _, s := range []string{"http", "https"} {
		extract.Register(extract.Scheme{
			Name:    s,
			Usage:   s + "://HOST/PATH",
			Summary: "a service: POST an article, get its annotation, the JSON of exec",
			Open: func(spec, _ string, opt extract.Options) (extract.Extractor, error) {
				u, err := ServiceURL(spec, spec)
				if err != nil {
					return nil, err
				}
				return newHTTP(u, opt)
			},
		})
	}
}

// ServiceURL parses the address of a service.
func ServiceURL(spec, address string) (*url.URL, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		// The parse error would repeat the address with its password.
		return nil, &extract.SpecError{Spec: Hidden(spec), What: "found no address of a service, expected http://HOST/PATH or https://HOST/PATH"}
	}
	u.Fragment = ""
	return u, nil
}

// httpExtractor asks a service: the line of [wire.EncodeArticle] is POSTed, and the
// body of the answer is one annotation, or {"error"}.
type httpExtractor struct {
	*Poster
	form wire.Form
}

func newHTTP(u *url.URL, opt extract.Options) (extract.Extractor, error) {
	p, err := NewPoster(RedactedURL(u), u, opt)
	if err != nil {
		return nil, err
	}
	return &httpExtractor{p, wire.Form{Shape: opt.Answer, Ontology: opt.Ontology}}, nil
}

// Extract asks the service about a.
func (x *httpExtractor) Extract(ctx context.Context, a *schema.Article) (*schema.Annotation, error) {
	if a.DocID == "" {
		return nil, x.Fail("", &extract.Error{Kind: extract.KindInvalid, Detail: "the article has no doc_id, and answers are told apart by it"})
	}
	line, err := wire.EncodeArticle(a)
	if err != nil {
		return nil, x.Fail(a.DocID, &extract.Error{Kind: extract.KindInvalid, Err: err})
	}
	body, fault := x.Post(ctx, a.DocID, line)
	if fault != nil {
		return nil, fault
	}
	got := x.form.Decode(body)
	switch {
	case got.Fault != nil && got.Fault.Kind == extract.KindNotJSON:
		got.Fault.Detail = "found " + wire.Excerpt(body) + ", expected one JSON object as the body"
		got.Fault.Advice = "does the address answer a POST with an annotation?"
		return nil, x.Fail(a.DocID, got.Fault)
	case got.Fault != nil:
		return nil, x.Fail(a.DocID, got.Fault)
	case got.Foreign != nil && (got.DocID == "" || got.DocID == a.DocID):
		annotation, fault := x.form.Annotation(ctx, a, got.Foreign)
		if fault != nil {
			return nil, x.Fail(a.DocID, fault)
		}
		return annotation, nil
	case got.DocID != a.DocID:
		return nil, x.Fail(a.DocID, &extract.Error{Kind: extract.KindWrongDoc, Detail: "found an annotation of " + wire.Excerpt([]byte(got.DocID))})
	}
	return got.Annotation, nil
}
