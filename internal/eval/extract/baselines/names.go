package baselines

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/mizan-corpus/mizan/internal/eval/extract"
	"github.com/mizan-corpus/mizan/internal/regular"
	"github.com/mizan-corpus/mizan/schema"
)

// mostNames is the most bytes of a file of names: over a million names.
const mostNames = 64 << 20

// ReadNamesFile reads a list of names, see [ReadNames].
func ReadNamesFile(name string, o *schema.Ontology) ([]extract.LookupName, error) {
	b, err := regular.Named(name, mostNames)
	if err != nil {
		return nil, err
	}
	return ReadNames(bytes.NewReader(b), name, o)
}

// ReadNames reads one name a line: NAME, TYPE and ACTOR_ID between tabs, the
// last two optional. Empty lines and lines that begin with # are skipped. name
// stands in errors.
func ReadNames(r io.Reader, name string, o *schema.Ontology) ([]extract.LookupName, error) {
	var list []extract.LookupName
	s := bufio.NewScanner(r)
	for n := 1; s.Scan(); n++ {
		line := strings.TrimRight(strings.TrimPrefix(s.Text(), "\ufeff"), "\r")
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		fields := strings.Split(line, "\t")
		for i := range fields {
			fields[i] = strings.TrimSpace(fields[i])
		}
		if len(fields) > 3 {
			return nil, fmt.Errorf("%s:%d: found %d fields, expected NAME, TYPE, ACTOR_ID", name, n, len(fields))
		}
		fields = append(fields, "", "")
		e := extract.LookupName{Name: fields[0], Type: fields[1], ActorID: fields[2]}
		if e.Type != "" && o.MentionType(e.Type) == nil {
			return nil, fmt.Errorf("%s:%d: type %q, expected %s", name, n, e.Type, "one of "+strings.Join(schema.Codes(o.MentionTypes), ", "))
		}
		if len(tokenize(e.Name)) == 0 {
			return nil, fmt.Errorf("%s:%d: name %q has no letter", name, n, e.Name)
		}
		list = append(list, e)
	}
	if err := s.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return list, nil
}
