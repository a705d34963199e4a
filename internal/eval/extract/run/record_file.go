package run

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"iter"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/regular"
)

// perArticle is the last field of a record's file, one article a line.
const perArticle = `"per_article":[`

// writeRecord writes the record with its articles.
func writeRecord(path string, r *Record, articles iter.Seq2[*ArticleRecord, error]) error {
	return labels.FileOutput(path).WriteFile("", func(w io.Writer) error {
		head, err := json.MarshalIndent(r, "", "  ")
		if err != nil {
			return err
		}
		head = bytes.TrimSuffix(head, []byte("\n}"))
		if _, err := fmt.Fprintf(w, "%s,\n%s", head, perArticle); err != nil {
			return err
		}
		sep := "\n"
		for a, err := range articles {
			if err != nil {
				return err
			}
			line, err := marshalLine(a)
			if err != nil {
				return err
			}
			if _, err := fmt.Fprintf(w, "%s%s", sep, bytes.TrimRight(line, "\n")); err != nil {
				return err
			}
			sep = ",\n"
		}
		_, err = io.WriteString(w, "\n]}\n")
		return err
	})
}

// marshalLine is a value as one line of JSON.
func marshalLine(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return b.Bytes(), err
}

// ReadRecord reads the record of a run, PRED.run.json, without its articles.
func ReadRecord(path string) (*Record, error) {
	b, err := readRecordHead(path)
	if err != nil {
		return nil, err
	}
	r := &Record{}
	if err := json.Unmarshal(b, r); err != nil {
		return nil, fmt.Errorf("%s: found no record of a run: %w", path, err)
	}
	if r.RecordVersion != recordVersion {
		return nil, fmt.Errorf("%s: found record version %d, expected %d", path, r.RecordVersion, recordVersion)
	}
	return r, nil
}

// mostRecord is the most bytes of a record without its articles.
const mostRecord = 16 << 20

// readRecordHead is what stands above the articles, closed as if there were none.
func readRecordHead(path string) ([]byte, error) {
	f, err := regular.OpenFile(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	lines := bufio.NewReader(io.LimitReader(f, mostRecord+1))
	var head []byte
	for {
		line, err := lines.ReadSlice('\n')
		if bytes.HasPrefix(line, []byte(perArticle)) {
			return append(append(head, perArticle...), "]}"...), nil
		}
		head = append(head, line...)
		switch {
		case len(head) > mostRecord:
			return nil, fmt.Errorf("%s: found more than %d bytes, expected a record of a run", path, mostRecord)
		case err == io.EOF:
			return head, nil
		case err != nil && err != bufio.ErrBufferFull:
			return nil, err
		}
	}
}

// ReadArticleRecords streams what a record's file says of each article.
func ReadArticleRecords(path string) iter.Seq2[*ArticleRecord, error] {
	return func(yield func(*ArticleRecord, error) bool) {
		f, err := regular.OpenFile(path)
		if err != nil {
			yield(nil, err)
			return
		}
		defer f.Close()
		lines := bufio.NewReader(f)
		inside := false
		for n := 1; ; n++ {
			line, err := lines.ReadBytes('\n')
			line = bytes.TrimSpace(line)
			switch {
			case err == io.EOF:
				return
			case err != nil:
				yield(nil, err)
				return
			case !inside:
				inside = bytes.HasPrefix(line, []byte(perArticle))
				continue
			case bytes.HasPrefix(line, []byte("]")):
				return
			}
			a := &ArticleRecord{}
			if err := json.Unmarshal(bytes.TrimSuffix(line, []byte(",")), a); err != nil {
				yield(nil, fmt.Errorf("%s:%d: %w", path, n, err))
				return
			}
			if !yield(a, nil) {
				return
			}
		}
	}
}
