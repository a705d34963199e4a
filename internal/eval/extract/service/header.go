package service

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/schema"
)

// HeaderError is a header that cannot be sent. It does not tell the value.
type HeaderError struct {
	Header string // its name, or its number where it has none
	What   string
	Advice string
}

func (e *HeaderError) Error() string { return fmt.Sprintf("header %s: %s", e.Header, e.What) }

// Hint is the next step, "" for none.
func (e *HeaderError) Hint() string { return e.Advice }

var (
	headerName = regexp.MustCompile("^[!#$%&'*+.^_`|~0-9A-Za-z-]+$") // RFC 9110, token
	variable   = regexp.MustCompile(`\$(\$|[A-Za-z_][A-Za-z0-9_]*|\{[^}]*\})?`)
	secretName = regexp.MustCompile(`(?i)key|token|secret|passw|sig|auth|cookie|credential`)
)

// isSecretName reports whether a header or parameter of that name may carry a
// secret.
func isSecretName(name string) bool { return secretName.MatchString(name) }

// parseHeaders reads "NAME: VALUE" lines. What comes from the environment, and
// the values of headers that may carry credentials, are secrets.
func parseHeaders(lines []string, lookup func(string) (string, bool)) (http.Header, secrets, error) {
	if lookup == nil {
		lookup = os.LookupEnv
	}
	header := http.Header{
		"Content-Type": {"application/json"}, "Accept": {"application/json"},
		"User-Agent": {"mizan/" + schema.ToolVersion},
	}
	var hide secrets
	set := map[string]bool{}
	for i, line := range lines {
		name, value, ok := strings.Cut(line, ":")
		if name = strings.TrimSpace(name); !ok || !headerName.MatchString(name) {
			return nil, hide, &HeaderError{Header: fmt.Sprint(i + 1), What: "found no name and colon, expected 'NAME: VALUE'"}
		}
		key := http.CanonicalHeaderKey(name)
		if slices.Contains([]string{"Host", "Content-Length", "Transfer-Encoding", "Connection"}, key) {
			return nil, hide, &HeaderError{Header: key, What: "it is set by the address and the article, expected another"}
		}
		var missing string
		value = variable.ReplaceAllStringFunc(strings.TrimSpace(value), func(ref string) string {
			if ref == "$$" || ref == "$" {
				return "$"
			}
			env := strings.Trim(ref, "${}")
			text, found := lookup(env)
			if !found {
				missing = env
			}
			hide.add(text)
			return text
		})
		if missing != "" {
			return nil, hide, &HeaderError{Header: key, What: "the environment has no variable " + missing,
				Advice: "export " + missing + "; a dollar sign itself is $$"}
		}
		if strings.ContainsFunc(value, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f }) {
			return nil, hide, &HeaderError{Header: key, What: "found a control character in the value"}
		}
		if isSecretName(key) {
			hide.AddValue(value)
		}
		if !set[key] {
			header.Del(key)
			set[key] = true
		}
		header.Add(key, value)
	}
	return header, hide, nil
}

// HeaderNames are the names of headers "NAME: VALUE", sorted, for a record
// that must not tell the values.
func HeaderNames(lines []string) []string {
	names := map[string]bool{}
	for _, line := range lines {
		name, _, _ := strings.Cut(line, ":")
		names[http.CanonicalHeaderKey(strings.TrimSpace(name))] = true
	}
	return slices.Sorted(maps.Keys(names))
}

// RedactedURL is an address without its password and without the values of
// parameters that may be secret.
func RedactedURL(u *url.URL) string {
	shown := *u
	if u.User != nil {
		shown.User = url.User("hidden")
	}
	query := u.Query()
	hide := false
	for key := range query {
		if isSecretName(key) {
			query.Set(key, "hidden")
			hide = true
		}
	}
	if hide {
		shown.RawQuery = query.Encode()
	}
	return shown.String()
}

// Hidden is a SPEC that may hold an address that cannot be parsed: what stands
// before an @ or after a ? is left out.
func Hidden(spec string) string {
	scheme, rest, ok := strings.Cut(spec, "://")
	if !ok {
		return spec
	}
	if i := strings.LastIndex(rest, "@"); i >= 0 {
		rest = "hidden" + rest[i:]
	}
	rest, _, _ = strings.Cut(rest, "?")
	return scheme + "://" + rest
}
