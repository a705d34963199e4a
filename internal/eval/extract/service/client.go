package service

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"

	"github.com/mizan-corpus/mizan/internal/eval/extract"
	"github.com/mizan-corpus/mizan/internal/regular"
)

// mostCertificates is the most bytes of a file of certificates.
const mostCertificates = 16 << 20

// newClient is a client that trusts the system's certificates and those of
// CAFile, goes through the proxy that the environment names, and follows a
// redirect only where nothing is given away by it.
func newClient(opt extract.Options) (*http.Client, error) {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = opt.Jobs * opt.InFlight
	transport.MaxIdleConns = 0
	transport.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12}
	if opt.HTTP.CAFile != "" {
		pem, err := regular.Named(opt.HTTP.CAFile, mostCertificates)
		if err != nil {
			return nil, err
		}
		roots, err := x509.SystemCertPool()
		if err != nil {
			roots = x509.NewCertPool()
		}
		if !roots.AppendCertsFromPEM(pem) {
			return nil, fmt.Errorf("%s: found no certificate, expected PEM", opt.HTTP.CAFile)
		}
		transport.TLSClientConfig.RootCAs = roots
	}
	return &http.Client{Transport: transport, CheckRedirect: checkRedirect}, nil
}

// redirectError is a redirect that is not followed.
type redirectError struct{ from, to string }

func (e *redirectError) Error() string {
	return fmt.Sprintf("found a redirect to %s, expected an answer from %s", e.to, e.from)
}

// checkRedirect follows a redirect, three at most, if it keeps the method and
// the body (307, 308) and stays at the same scheme and host: neither articles
// nor credentials go to a place that the user has not named.
func checkRedirect(next *http.Request, via []*http.Request) error {
	first := via[0]
	if next.Method != first.Method || next.URL.Scheme != first.URL.Scheme || next.URL.Host != first.URL.Host || len(via) > 3 {
		return &redirectError{from: RedactedURL(first.URL), to: RedactedURL(next.URL)}
	}
	return nil
}

// plain is a network error without what differs from run to run, such as the
// local port.
func plain(err error) string {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	var dns *net.DNSError
	if errors.As(err, &dns) {
		return fmt.Sprintf("looking up %s: %s", dns.Name, dns.Err)
	}
	var op *net.OpError
	if errors.As(err, &op) && op.Err != nil {
		inner := op.Err
		var sys *os.SyscallError
		if errors.As(inner, &sys) {
			inner = sys.Err
		}
		return op.Op + ": " + inner.Error()
	}
	return err.Error()
}

// mayPass reports whether a connection that failed may succeed later: not one
// whose certificate is not trusted or whose host has no address.
func mayPass(err error) bool {
	var verify *tls.CertificateVerificationError
	var dns *net.DNSError
	return !errors.As(err, &verify) && !errors.Is(err, http.ErrSchemeMismatch) && !(errors.As(err, &dns) && dns.IsNotFound)
}

// connectAdvice is the next step after a connection that failed.
func connectAdvice(err error) string {
	var unknown x509.UnknownAuthorityError
	var verify *tls.CertificateVerificationError
	switch {
	case errors.Is(err, http.ErrSchemeMismatch):
		return "the service does not speak TLS there; is it http:// ?"
	case errors.As(err, &unknown):
		return "give the certificate that signed the service's with --ca-file"
	case errors.As(err, &verify):
		return ""
	}
	return "is the service running, and is this its address?"
}

// statusAdvice is the next step after a status that is no success.
func statusAdvice(resp *http.Response) string {
	switch resp.StatusCode {
	case http.StatusUnauthorized, http.StatusForbidden:
		return "credentials go into --header 'Authorization: Bearer $NAME', with NAME in the environment"
	case http.StatusNotFound, http.StatusMethodNotAllowed:
		return "is this the service's whole address, path included?"
	case http.StatusRequestEntityTooLarge:
		return "the service accepts no article of this length"
	case http.StatusTooManyRequests:
		return "ask for less at a time with --jobs, or more patiently with --retries"
	}
	return ""
}
