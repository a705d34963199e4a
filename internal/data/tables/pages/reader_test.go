package pages

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"github.com/mizan-corpus/mizan/internal/memory"
)

// The rows of a file of the other implementation that is at hand, in each encoding
// that it has for the type. Of booleans it has no right one in runs: those of other
// writers are in the tests of the package tables.
type row struct {
	PlainInt    int32    `parquet:"plain_int,plain"`
	DictInt     *int32   `parquet:"dict_int,optional,dict"`
	DeltaInt    int32    `parquet:"delta_int,delta"`
	PlainLong   *int64   `parquet:"plain_long,optional,plain"`
	DeltaLong   int64    `parquet:"delta_long,optional,delta"`
	DictLong    int64    `parquet:"dict_long,dict"`
	Float       float32  `parquet:"float,split"`
	Double      *float64 `parquet:"double,optional,plain"`
	SplitDouble float64  `parquet:"split_double,split"`
	Plain       string   `parquet:"plain_text,plain"`
	Dict        *string  `parquet:"dict_text,optional,dict"`
	Delta       string   `parquet:"delta_text,optional,delta"`
	Bool        *bool    `parquet:"bool,optional,plain"`
	List        []string `parquet:"list,optional,list"`
}

func rowsOf(n int) []row {
	var rows []row
	for i := range n {
		number, long := int32(i*i*7919-i), int64(i)*-1_000_000_007*int64(i)
		text := strings.Repeat("é", i%9) + fmt.Sprint(i/3)
		r := row{PlainInt: number, DeltaInt: number % 1000, DictLong: long % 5, Float: float32(i) / 3, SplitDouble: float64(long) / 7, Plain: text}
		if i%3 != 1 {
			dict, value, yes, same := number%7, float64(i)/8, i%2 == 0, fmt.Sprint("v", i%11)
			r.DictInt, r.PlainLong, r.DeltaLong, r.Double, r.Dict, r.Delta, r.Bool = &dict, &long, long, &value, &same, text, &yes
		}
		for k := range i % 4 {
			r.List = append(r.List, fmt.Sprint(k, text))
		}
		rows = append(rows, r)
	}
	return rows
}

// all are the values of a column as text, nulls and levels among them.
func all(file *parquet.File, name string) (values []string, err error) {
	for _, path := range file.Schema().Columns() {
		if path[0] != name {
			continue
		}
		leaf, _ := file.Schema().Lookup(path...)
		for _, g := range file.Metadata().RowGroups {
			r, err := New(file, file.Size(), &g.Columns[leaf.ColumnIndex].MetaData, leaf.MaxDefinitionLevel, leaf.MaxRepetitionLevel)
			if err != nil {
				return nil, err
			}
			defer r.Close()
			for {
				c, err := r.Next()
				if err == io.EOF {
					break
				}
				if err != nil {
					return values, err
				}
				next := 0
				for i := range c.Values {
					s := ""
					if c.Reps != nil {
						s = fmt.Sprint(c.Reps[i], " ")
					}
					if c.Defs != nil && c.Defs[i] != byte(leaf.MaxDefinitionLevel) {
						values = append(values, s+"null")
						continue
					}
					values = append(values, s+c.text(next))
					next++
				}
			}
		}
	}
	return values, nil
}

func (c *Chunk) text(i int) string {
	switch {
	case len(c.Ints) > 0:
		return fmt.Sprint(c.Ints[i])
	case len(c.Longs) > 0:
		return fmt.Sprint(c.Longs[i])
	case len(c.Floats) > 0:
		return fmt.Sprint(c.Floats[i])
	case len(c.Bools) > 0:
		return fmt.Sprint(c.Bools[i])
	}
	return c.Texts[i]
}

func orNull[T any](p *T) string {
	if p == nil {
		return "null"
	}
	return fmt.Sprint(*p)
}

// zeroNull is how the writer takes a value that is optional and no pointer.
func zeroNull[T comparable](v T) string {
	if v == *new(T) {
		return "null"
	}
	return fmt.Sprint(v)
}

func openBytes(t testing.TB, b []byte) *parquet.File {
	f, err := parquet.OpenFile(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func written[T any](t testing.TB, rows []T, opt ...parquet.WriterOption) []byte {
	var b bytes.Buffer
	w := parquet.NewGenericWriter[T](&b, opt...)
	if _, err := w.Write(rows); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Every encoding, type, compression and version of page gives the values that were
// written.
func TestEncodings(t *testing.T) {
	rows := rowsOf(5000)
	want := map[string]func(r *row) []string{
		"plain_int": func(r *row) []string { return []string{fmt.Sprint(r.PlainInt)} }, "dict_int": func(r *row) []string { return []string{orNull(r.DictInt)} },
		"delta_int":  func(r *row) []string { return []string{fmt.Sprint(r.DeltaInt)} },
		"plain_long": func(r *row) []string { return []string{orNull(r.PlainLong)} }, "delta_long": func(r *row) []string { return []string{zeroNull(r.DeltaLong)} },
		"dict_long": func(r *row) []string { return []string{fmt.Sprint(r.DictLong)} }, "float": func(r *row) []string { return []string{fmt.Sprint(float64(r.Float))} },
		"double": func(r *row) []string { return []string{orNull(r.Double)} }, "split_double": func(r *row) []string { return []string{fmt.Sprint(r.SplitDouble)} },
		"plain_text": func(r *row) []string { return []string{r.Plain} }, "dict_text": func(r *row) []string { return []string{orNull(r.Dict)} },
		"delta_text": func(r *row) []string { return []string{zeroNull(r.Delta)} }, "bool": func(r *row) []string { return []string{orNull(r.Bool)} },
		"list": func(r *row) (values []string) {
			for i, s := range r.List {
				values = append(values, fmt.Sprint(min(i, 1), " ", s))
			}
			if values == nil {
				values = []string{"0 null"}
			}
			return values
		},
	}
	for _, version := range []int{1, 2} {
		for name, opt := range map[string]parquet.WriterOption{
			"none": parquet.Compression(&parquet.Uncompressed), "snappy": parquet.Compression(&parquet.Snappy), "gzip": parquet.Compression(&parquet.Gzip),
			"brotli": parquet.Compression(&parquet.Brotli), "zstd": parquet.Compression(&parquet.Zstd),
		} {
			file := openBytes(t, written(t, rows, opt, parquet.DataPageVersion(version), parquet.PageBufferSize(20000), parquet.MaxRowsPerRowGroup(3000)))
			for column, of := range want {
				got, err := all(file, column)
				var expected []string
				for i := range rows {
					expected = append(expected, of(&rows[i])...)
				}
				if err != nil || !slices.Equal(got, expected) {
					t.Errorf("%s, pages %d, %s: %d values of %d, %v", name, version, column, len(got), len(expected), err)
				}
			}
		}
	}
}

// withLimit runs f under a limit of memory.
func withLimit(bytes int64, f func()) {
	old := memory.Limit()
	memory.SetLimit(bytes)
	defer memory.SetLimit(old)
	f()
}

// Many equal values take no memory, however few pages they are in.
func TestEqualValuesStream(t *testing.T) {
	type one struct {
		Text string `parquet:"text,dict"`
	}
	rows := make([]one, 3_000_000)
	b := written(t, rows, parquet.Compression(&parquet.Zstd), parquet.PageBufferSize(1<<30))
	rows = nil
	file := openBytes(t, b)
	m := &file.Metadata().RowGroups[0].Columns[0].MetaData
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	n := 0
	withLimit(1<<20, func() {
		r, err := New(file, file.Size(), m, 0, 0)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		for {
			c, err := r.Next()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			n += c.Values
		}
	})
	runtime.ReadMemStats(&after)
	if made := after.TotalAlloc - before.TotalAlloc; n != 3_000_000 || made > 4<<20 {
		t.Errorf("%d values took %d bytes, file of %d", n, made, len(b))
	}
}

// What a file asks for beyond the limit is an error that says so, and nothing is kept.
func TestLimit(t *testing.T) {
	type one struct {
		Text string `parquet:"text,plain"`
	}
	file := openBytes(t, written(t, []one{{strings.Repeat("a", 200_000)}, {strings.Repeat("b", 200_000)}}, parquet.Compression(&parquet.Zstd)))
	withLimit(300_000, func() {
		_, err := all(file, "text")
		var e *memory.LimitError
		if !errors.As(err, &e) || !strings.Contains(e.Hint(), "--memory-limit") {
			t.Errorf("a page that is too large: %v", err)
		}
	})
	withLimit(1<<20, func() { // the page fits, the two texts at once do not
		if _, err := all(file, "text"); err == nil || !strings.Contains(err.Error(), "texts of 400000 bytes") {
			t.Errorf("texts that are too large: %v", err)
		}
	})
	if memory.Taken() != 0 {
		t.Errorf("%d bytes are kept", memory.Taken())
	}
	if _, err := all(file, "text"); err != nil {
		t.Error(err)
	}
}
