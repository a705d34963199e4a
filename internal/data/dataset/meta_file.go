package dataset

import (
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/mizan-corpus/mizan/internal/suggest"
	"github.com/mizan-corpus/mizan/internal/version"
	"github.com/mizan-corpus/mizan/internal/yamlnode"
)

// ParseMeta reads a corpus' description of itself: YAML, or JSON, with the keys of
// [MetaKeys]. Every fault is reported, each a [yamlnode.Error] with its line: unknown
// keys, keys given twice, values of another form. What is absent stays empty.
func ParseMeta(path string, src []byte) (Meta, []error) {
	body, err := yamlnode.Parse(path, src, "keys such as title and licence")
	if err != nil {
		return Meta{}, []error{err}
	}
	r := &metaReader{path: path}
	r.keys(body, "", metaKeys)
	return r.meta, r.bad
}

// MetaKeys is every key of a corpus' description, sorted.
func MetaKeys() []string { return slices.Sorted(maps.Keys(metaKeys)) }

type metaReader struct {
	path string
	meta Meta
	bad  []error
}

// A metaKey takes the value of a key.
type metaKey func(r *metaReader, key string, n *yamlnode.Node)

// metaKeys is set in init, for the readers of lists refer to readers of keys.
var metaKeys map[string]metaKey

func init() {
	metaKeys = map[string]metaKey{
		"name":              text(func(r *metaReader) *string { return &r.meta.Name }, validName, "lower-case letters, digits, dots and dashes"),
		"version":           text(func(r *metaReader) *string { return &r.meta.Version }, validVersion, "MAJOR.MINOR.PATCH"),
		"title":             text(func(r *metaReader) *string { return &r.meta.Title }, oneLine, "one line"),
		"description":       text(func(r *metaReader) *string { return &r.meta.Description }, nil, ""),
		"labelling":         text(func(r *metaReader) *string { return &r.meta.Labelling }, nil, ""),
		"split":             text(func(r *metaReader) *string { return &r.meta.Split }, ValidSplit, "letters, digits and underscores"),
		"language":          text(func(r *metaReader) *string { return &r.meta.Language }, languageCode.MatchString, "a code of ISO 639-1, for example ar"),
		"licence":           text(func(r *metaReader) *string { return &r.meta.Licence }, spdx.MatchString, "an SPDX identifier, for example CC-BY-4.0"),
		"guideline_version": text(func(r *metaReader) *string { return &r.meta.GuidelineVersion }, validVersion, "MAJOR.MINOR.PATCH"),

		"texts_licence":        text(func(r *metaReader) *string { return &r.meta.About.TextsLicence }, spdx.MatchString, "an SPDX identifier, or nothing where the texts stay under the terms of their publishers"),
		"homepage":             text(func(r *metaReader) *string { return &r.meta.About.Homepage }, webAddress, "an address with http:// or https://"),
		"citation":             text(func(r *metaReader) *string { return &r.meta.About.Citation }, nil, ""),
		"contact":              text(func(r *metaReader) *string { return &r.meta.About.Contact }, oneLine, "one line"),
		"published":            text(func(r *metaReader) *string { return &r.meta.About.Published }, validDate, "a date, YYYY-MM-DD"),
		"canary":               text(func(r *metaReader) *string { return &r.meta.About.Canary }, guid.MatchString, "a GUID in lower case, for example of uuidgen"),
		"annotators":           text(func(r *metaReader) *string { return &r.meta.About.Annotators }, annotatorKind, "one of "+strings.Join(AnnotatorKinds, ", ")),
		"annotator_details":    text(func(r *metaReader) *string { return &r.meta.About.AnnotatorDetails }, nil, ""),
		"collection":           text(func(r *metaReader) *string { return &r.meta.About.Collection }, nil, ""),
		"preprocessing":        text(func(r *metaReader) *string { return &r.meta.About.Preprocessing }, nil, ""),
		"uses":                 text(func(r *metaReader) *string { return &r.meta.About.Uses }, nil, ""),
		"limits":               text(func(r *metaReader) *string { return &r.meta.About.Limits }, nil, ""),
		"biases":               text(func(r *metaReader) *string { return &r.meta.About.Biases }, nil, ""),
		"personal_information": text(func(r *metaReader) *string { return &r.meta.About.Personal }, nil, ""),
		"maintenance":          text(func(r *metaReader) *string { return &r.meta.About.Maintenance }, nil, ""),
		"creators":             list(readCreator),
		"history":              list(readEdition),
	}
}

func (r *metaReader) fail(n *yamlnode.Node, next, format string, args ...any) {
	r.bad = append(r.bad, &yamlnode.Error{File: r.path, Line: yamlnode.Line(n), What: fmt.Sprintf(format, args...), Next: next})
}

// keys reads a mapping; below names it in messages, "" for the whole file.
func (r *metaReader) keys(n *yamlnode.Node, below string, known map[string]metaKey) {
	entries, ok := yamlnode.Mapping(n)
	if !ok {
		r.fail(n, "", "%sfound %s, expected keys and values", prefix(below), yamlnode.Kind(n))
		return
	}
	seen := map[string]int{}
	for _, e := range entries {
		key, ok := yamlnode.Plain(e.Key)
		read := known[key]
		switch names := slices.Sorted(maps.Keys(known)); {
		case !ok:
			r.fail(e.Key, "", "%sfound %s as a key, expected a name", prefix(below), yamlnode.Kind(e.Key))
		case read == nil:
			r.fail(e.Key, "known keys: "+strings.Join(names, ", "), "%sunknown key %q; nearest: %s", prefix(below), key, suggest.Nearest(key, names, 1)[0])
		case seen[key] > 0:
			r.fail(e.Key, "", "%skey %q was given in line %d already", prefix(below), key, seen[key])
		default:
			seen[key] = yamlnode.Line(e.Key)
			read(r, prefix(below)+key, e.Value)
		}
	}
}

func prefix(below string) string {
	if below == "" {
		return ""
	}
	return below + ": "
}

// text takes one value of a form; ok nil takes any.
func text(to func(*metaReader) *string, ok func(string) bool, expected string) metaKey {
	return func(r *metaReader, key string, n *yamlnode.Node) {
		if yamlnode.IsNull(n) {
			return
		}
		v, plain := yamlnode.Plain(n)
		v = strings.TrimSpace(v)
		switch {
		case !plain:
			r.fail(n, "", "%s: found %s, expected one value", key, yamlnode.Kind(n))
		case v == "":
		case ok != nil && !ok(v):
			r.fail(n, "", "%s: found %s, expected %s", key, yamlnode.Kind(n), expected)
		default:
			*to(r) = v
		}
	}
}

// list takes a list, or a single item in place of one.
func list(item metaKey) metaKey {
	return func(r *metaReader, key string, n *yamlnode.Node) {
		items, ok := yamlnode.Sequence(n)
		if !ok {
			items = []*yamlnode.Node{n}
		}
		for i, n := range items {
			item(r, fmt.Sprintf("%s[%d]", key, i), n)
		}
	}
}

// readCreator reads a name, or a mapping with more than the name.
func readCreator(r *metaReader, key string, n *yamlnode.Node) {
	var c Creator
	if name, ok := yamlnode.Plain(n); ok && strings.TrimSpace(name) != "" {
		c.Name = strings.TrimSpace(name)
	} else {
		var kind string
		r.keys(n, key, map[string]metaKey{
			"name":        text(func(*metaReader) *string { return &c.Name }, oneLine, "one line"),
			"orcid":       text(func(*metaReader) *string { return &c.ORCID }, validORCID, "an ORCID iD such as 0000-0002-1825-0097, with its check digit"),
			"affiliation": text(func(*metaReader) *string { return &c.Affiliation }, oneLine, "one line"),
			"url":         text(func(*metaReader) *string { return &c.URL }, webAddress, "an address with http:// or https://"),
			"kind":        text(func(*metaReader) *string { return &kind }, func(s string) bool { return s == "person" || s == "organisation" }, "person or organisation"),
		})
		c.ORCID, c.Organisation = strings.TrimPrefix(c.ORCID, orcidSite), kind == "organisation"
		if _, mapping := yamlnode.Mapping(n); mapping && c.Name == "" {
			r.fail(n, "", "%s: found no name, expected one", key)
		}
	}
	r.meta.About.Creators = append(r.meta.About.Creators, c)
}

func readEdition(r *metaReader, key string, n *yamlnode.Node) {
	var e Edition
	r.keys(n, key, map[string]metaKey{
		"version":   text(func(*metaReader) *string { return &e.Version }, validVersion, "MAJOR.MINOR.PATCH"),
		"published": text(func(*metaReader) *string { return &e.Published }, validDate, "a date, YYYY-MM-DD"),
		"changes":   text(func(*metaReader) *string { return &e.Changes }, nil, ""),
	})
	if _, mapping := yamlnode.Mapping(n); mapping && (e.Version == "" || e.Changes == "") {
		r.fail(n, "", "%s: found version %q and %q as its changes, expected both", key, e.Version, e.Changes)
	}
	r.meta.About.History = append(r.meta.About.History, e)
}

var (
	languageCode = regexp.MustCompile(`^[a-z]{2,3}$`)
	spdx         = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9.+-]*$`)
	guid         = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)
	orcid        = regexp.MustCompile(`^(\d{4}-){3}\d{3}[\dX]$`)
)

const orcidSite = "https://orcid.org/"

func validVersion(s string) bool {
	_, err := version.Parse(s)
	return err == nil
}

func oneLine(s string) bool { return !strings.ContainsAny(s, "\n\r") }

func validDate(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

func webAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && !strings.ContainsAny(s, " \t\n")
}

func annotatorKind(s string) bool { return slices.Contains(AnnotatorKinds, s) }

// validORCID checks the form and the last digit of an ORCID iD, which is that of ISO
// 7064 MOD 11-2 over the others.
func validORCID(s string) bool {
	s = strings.TrimPrefix(s, orcidSite)
	if !orcid.MatchString(s) {
		return false
	}
	sum := 0
	digits := strings.ReplaceAll(s, "-", "")
	for _, d := range digits[:15] {
		sum = (sum + int(d-'0')) * 2
	}
	check := (12 - sum%11) % 11
	return digits[15:] == map[bool]string{true: "X", false: fmt.Sprint(check)}[check == 10]
}
