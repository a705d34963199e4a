package scoring

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// ResultDifference is one place in which two results are not the same.
type ResultDifference struct {
	Where    string // "mentions.strict[PER] f1", "signature seed", "warnings 2"
	Expected string // JSON, or "nothing"
	Found    string
}

func (d ResultDifference) String() string {
	return fmt.Sprintf("%s: expected %s, found %s", d.Where, d.Expected, d.Found)
}

const nothing = "nothing"

// CompareStored lists every field in which a result differs from a stored one,
// in a fixed order; none means that the two are the same to the last digit.
// Fields that this version does not know count too. The error says that the
// stored result cannot be read.
func CompareStored(expected io.Reader, found *Result) ([]ResultDifference, error) {
	stored, err := io.ReadAll(expected)
	if err != nil {
		return nil, err
	}
	if _, err := ReadResult(bytes.NewReader(stored)); err != nil {
		return nil, err
	}
	var own bytes.Buffer
	if err := found.WriteJSON(&own); err != nil {
		return nil, err
	}
	want, err := decodeTree(stored)
	if err != nil {
		return nil, err
	}
	got, err := decodeTree(own.Bytes())
	if err != nil {
		return nil, err
	}
	var out []ResultDifference
	differ := func(path []string, want, got any) {
		out = append(out, ResultDifference{strings.Join(path, " "), shown(want), shown(got)})
	}
	w, g := want.(map[string]any), got.(map[string]any) // both were read as results
	keys := unionOfKeys(w, g)
	// The signature first: what differs there is why the figures do.
	slices.SortStableFunc(keys, func(a, b string) int { return boolOrder(b == "signature") - boolOrder(a == "signature") })
	for _, k := range keys {
		if k == "metrics" {
			compareTrees(nil, figuresByName(valueOr(w, k)), figuresByName(valueOr(g, k)), differ)
		} else {
			compareTrees([]string{k}, valueOr(w, k), valueOr(g, k), differ)
		}
	}
	return out, nil
}

func boolOrder(b bool) int {
	if b {
		return 1
	}
	return 0
}

// absent stands for a field or item that one side does not have.
type absent struct{}

func shown(v any) string {
	if _, ok := v.(absent); ok {
		return nothing
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return fmt.Sprint(v)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// decodeTree decodes JSON with the numbers as they are written.
func decodeTree(b []byte) (any, error) {
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		return nil, err
	}
	if _, err := dec.Token(); err != io.EOF {
		return nil, fmt.Errorf("result: found more after its end")
	}
	return v, nil
}

func compareTrees(path []string, want, got any, differ func(path []string, want, got any)) {
	at := func(name string) []string { return append(slices.Clone(path), name) }
	switch w := want.(type) {
	case map[string]any:
		if g, ok := got.(map[string]any); ok {
			for _, k := range unionOfKeys(w, g) {
				compareTrees(at(k), valueOr(w, k), valueOr(g, k), differ)
			}
			return
		}
	case []any:
		if g, ok := got.([]any); ok {
			for i := range max(len(w), len(g)) {
				compareTrees(at(fmt.Sprint(i+1)), itemOr(w, i), itemOr(g, i), differ)
			}
			return
		}
	case json.Number:
		if g, ok := got.(json.Number); ok && sameNumber(w, g) {
			return
		}
	}
	if shown(want) != shown(got) {
		differ(path, want, got)
	}
}

// sameNumber holds for two spellings of one number, such as 1 and 1.0.
func sameNumber(a, b json.Number) bool {
	x, errX := a.Float64()
	y, errY := b.Float64()
	return a == b || errX == nil && errY == nil && x == y && x > -1<<53 && x < 1<<53
}

// figuresByName keys figures by what they are about, so that one more figure
// does not shift all that follow it. Figures with one name keep their number.
func figuresByName(metrics any) map[string]any {
	out := map[string]any{}
	list, _ := metrics.([]any)
	for _, item := range list {
		name := "figure"
		if f, ok := item.(map[string]any); ok {
			text := func(key string) string { s, _ := f[key].(string); return s }
			name = text("name")
			if c := text("class"); c != "" {
				name += "[" + c + "]"
			}
			if a := text("average"); a != "" {
				name += "[(" + a + ")]"
			}
			if slice, _ := f["slice"].(map[string]any); len(slice) > 0 {
				name += " " + shown(slice)
			}
		}
		key := name
		for n := 2; out[key] != nil; n++ {
			key = fmt.Sprintf("%s (%d)", name, n)
		}
		out[key] = item
	}
	return out
}

func unionOfKeys(a, b map[string]any) []string {
	all := slices.Collect(maps.Keys(a))
	for k := range b {
		if _, ok := a[k]; !ok {
			all = append(all, k)
		}
	}
	slices.Sort(all)
	return all
}

func valueOr(m map[string]any, key string) any {
	if v, ok := m[key]; ok {
		return v
	}
	return absent{}
}

func itemOr(list []any, i int) any {
	if i < len(list) {
		return list[i]
	}
	return absent{}
}
