package formats

import (
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strconv"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/jsontext"
)

// Rows for token classification, as Hugging Face datasets and transformers have
// them: one sentence or article a row, here one a line of JSON.
//
//	{"id", "doc_id"?, "tokens": [TOKEN], "ner_tags": [TAG]}
//	TAG = "O" | "B-PER" …, or the number of one in the names of the column's ClassLabel
//
// "words" stands for tokens, "tags", "labels" or "ner" for ner_tags where there
// are no ner_tags. Names of numbers stand in dataset_info.json beside the file,
// which datasets writes, and in Parquet in the file itself; numbers without
// names are refused. Tags are any that the format conll reads; names without B-
// and I- at all (Few-NERD) tag mentions by runs of one name.
//
// There are no offsets: tokens are found in the article's text, and joined by
// spaces without it. Rows with one doc_id, together, are one article; a row
// without one is an article named by its id. Written is a row a sentence with
// tags as strings; the format hf-parquet has them as ClassLabel.
func init() {
	labels.Register(labels.Format{
		Name: "huggingface", Aliases: []string{"hf"}, Title: "Hugging Face token classification: tokens and ner_tags, a row a line", Unit: "token",
		Layout: labels.OneFile, Extensions: []string{".jsonl", ".json"},
		Notes: "Carries the types and places of mentions that do not overlap: of those that do, the outermost. Nothing else. " +
			"Tags that are numbers need dataset_info.json beside the file. Tokens are words of Unicode text segmentation, cut where a mention begins or ends inside, or whole with --proclitics keep.",
		WholeWords: true, Detect: detectHuggingFace, Read: readHuggingFace, Write: writeHuggingFace,
	})
}

// TokenColumns and TagColumns are the names of the columns, the best first.
var (
	TokenColumns = []string{"tokens", "words"}
	TagColumns   = []string{"ner_tags", "tags", "labels", "ner", "ner_labels"}
)

func detectHuggingFace(_ string, head []byte) bool {
	keys := jsontext.TopKeys(head)
	return slices.ContainsFunc(TokenColumns, func(c string) bool { return keys[c] }) && slices.ContainsFunc(TagColumns, func(c string) bool { return keys[c] }) &&
		!keys["entity_mentions"] && !keys["event_mentions"] && !keys["ents"] && !keys["spans"] && !keys["sentences"]
}

func readHuggingFace(src labels.Source, opt labels.ReadOptions) iter.Seq2[*labels.Document, error] {
	return TokenDocuments(func(yield func(TokenRow, error) bool) {
		names := classNames{src: src}
		jsontext.EachRecord(src, opt, []string{".jsonl", ".json"}, func(r jsontext.Record, err error) bool {
			var row TokenRow
			if err == nil {
				row, err = parseTokenRow(r, &names, opt)
			}
			return yield(row, err)
		})
	}, opt)
}

func parseTokenRow(r jsontext.Record, names *classNames, opt labels.ReadOptions) (TokenRow, error) {
	var columns map[string]json.RawMessage
	if err := r.Decode(&columns); err != nil {
		return TokenRow{}, err
	}
	var ids struct {
		ID    jsontext.Text `json:"id"`
		DocID jsontext.Text `json:"doc_id"`
	}
	if err := r.Decode(&ids); err != nil {
		return TokenRow{}, err
	}
	row := TokenRow{DocID: r.DocID(string(ids.DocID), string(ids.ID)), Part: ids.DocID != "", At: r.At}
	first := func(list []string) string {
		return list[max(0, slices.IndexFunc(list, func(c string) bool { return columns[c] != nil }))]
	}
	tokens, column := first(TokenColumns), first(TagColumns)
	if err := json.Unmarshal(columns[tokens], &row.Tokens); err != nil || row.Tokens == nil {
		return row, r.Problem(row.DocID, tokens, shortened(columns[tokens], 40), "a list of strings")
	}
	for _, other := range sortedKeys(columns) {
		if !slices.Contains([]string{"id", "doc_id", tokens, column}, other) {
			opt.LeaveOut(r.At, fmt.Sprintf("column %q", other), "of "+row.DocID)
		}
	}
	var tags []json.RawMessage
	if err := json.Unmarshal(columns[column], &tags); err != nil || tags == nil {
		return row, r.Problem(row.DocID, column, shortened(columns[column], 40), "a list of tags, one for each token")
	}
	for i, raw := range tags {
		var tag string
		number := 0
		switch {
		case json.Unmarshal(raw, &tag) == nil && raw[0] == '"':
		case json.Unmarshal(raw, &number) == nil && raw[0] != 'n':
			list, err := names.of(r.File, column, opt)
			if err != nil {
				return row, err
			}
			if tag, err = ClassName(list, int64(number)); err != nil {
				e := r.Problem(row.DocID, fmt.Sprintf("%s[%d]", column, i), strconv.Itoa(number), err.Error())
				if list == nil {
					e.Advice = "datasets writes the file with dataset.info.write_to_directory; or write tags as strings, with features[…].feature.int2str"
				}
				return row, e
			}
		default:
			return row, r.Problem(row.DocID, fmt.Sprintf("%s[%d]", column, i), shortened(raw, 40), "a string or a whole number")
		}
		row.Tags = append(row.Tags, tag)
	}
	return row, nil
}

// hfRow is a row as it is written.
type hfRow struct {
	ID     string   `json:"id"`
	DocID  string   `json:"doc_id"`
	Tokens []string `json:"tokens"`
	Tags   []string `json:"ner_tags"`
}

func writeHuggingFace(out labels.Output, docs iter.Seq[*labels.Document], opt labels.WriteOptions) error {
	var failed error
	rows := func(yield func(hfRow) bool) {
		for d := range docs {
			list, err := TokenRows(d, opt)
			if err != nil {
				failed = err
				return
			}
			for i, r := range list {
				if !yield(hfRow{fmt.Sprintf("%s-%d", d.DocID, i), d.DocID, r.Tokens, r.Tags}) {
					return
				}
			}
		}
	}
	return writeRows(out, rows, &failed)
}
