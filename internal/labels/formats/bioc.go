package formats

import (
	"encoding/json"
	"iter"
	"strconv"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/jsontext"
	"github.com/mizan-corpus/mizan/schema"
)

// BioC, of PubTator and the BioCreative tasks, as XML and as JSON: a collection of
// documents, a document of passages.
//
//	<collection><document><id/><passage><offset/><text/>
//	 <annotation id><infon key="type"/>… <location offset length/>… <text/></annotation>
//	 <relation id><infon key="type"/> <node refid role/>…</relation></passage></document></collection>
//	{"documents": [{"id", "passages": [{"offset", "text", "annotations": [{"id", "infons", "text", "locations": [{"offset", "length"}]}],
//	  "relations": [{"id", "infons", "nodes": [{"refid", "role"}]}]}]}]}
//
// A passage may have sentences, which have what it has. Offsets count from the
// beginning of the document; BioC leaves open in what. It is Unicode code points,
// unless the surfaces say UTF-16 code units or UTF-8 bytes. The text is that of
// the passages, with line breaks where their offsets leave room.
//
// The infon type is the type, identifier the actor_id; several locations are a
// discontinuous span. A relation with a node of the role "trigger" gives that
// event its arguments; other relations, and infons that no label has, are counted
// as left out. Written are one passage an article, lists of values with ";" between.
func init() {
	notes := "Carries everything but the confidence of arguments and values of lists with a semicolon."
	labels.Register(labels.Format{
		Name: "bioc", Title: "BioC XML (PubTator, BioCreative)", Unit: schema.OffsetUnit, Layout: labels.OneFile, Extensions: []string{".xml"},
		Notes:  notes + " Nor characters that XML has not.",
		Detect: func(_ string, head []byte) bool { return xmlRoot(head) == "collection" },
		Read:   readBioCXML, Write: writeBioCXML,
	})
	labels.Register(labels.Format{
		Name: "biocjson", Title: "BioC JSON (PubTator, BioCreative)", Unit: schema.OffsetUnit, Layout: labels.OneFile, Extensions: []string{".json", ".jsonl"},
		Notes: notes,
		Detect: func(_ string, head []byte) bool {
			keys := jsontext.TopKeys(head)
			return keys["passages"] || keys["PubTator3"] || keys["documents"] && (keys["bioctype"] || keys["source"] || keys["infons"])
		},
		Read: readBioCJSON, Write: writeBioCJSON,
	})
}

// biocDocument is a document, and a collection's member. The members that tools
// add are not read.
type biocDocument struct {
	Type        string           `json:"bioctype,omitempty"`
	ID          jsontext.Text    `json:"id"`
	Infons      biocInfons       `json:"infons"`
	Passages    []biocPassage    `json:"passages"`
	Annotations []biocAnnotation `json:"annotations"`
	Relations   []biocRelation   `json:"relations"`

	at labels.Position
}

// biocPassage is a passage or a sentence.
type biocPassage struct {
	Type        string           `json:"bioctype,omitempty"`
	Offset      int32            `json:"offset"`
	Infons      biocInfons       `json:"infons"`
	Text        string           `json:"text"`
	Sentences   []biocPassage    `json:"sentences"`
	Annotations []biocAnnotation `json:"annotations"`
	Relations   []biocRelation   `json:"relations"`
}

type biocAnnotation struct {
	ID        jsontext.Text  `json:"id"`
	Infons    biocInfons     `json:"infons"`
	Text      string         `json:"text"`
	Locations []biocLocation `json:"locations"`
}

type biocLocation struct {
	Offset int32 `json:"offset"`
	Length int32 `json:"length"`
}

type biocRelation struct {
	ID     jsontext.Text `json:"id"`
	Infons biocInfons    `json:"infons"`
	Nodes  []biocNode    `json:"nodes"`
}

type biocNode struct {
	RefID jsontext.Text `json:"refid"`
	Role  string        `json:"role"`
}

// biocInfons are names and values; other values than scalars are not read.
type biocInfons map[string]string

// UnmarshalJSON takes scalars as they are written.
func (m *biocInfons) UnmarshalJSON(b []byte) error {
	var values map[string]json.RawMessage
	if err := json.Unmarshal(b, &values); err != nil {
		return err
	}
	*m = biocInfons{}
	for k, raw := range values {
		var text string
		var number json.Number
		var flag bool
		switch {
		case json.Unmarshal(raw, &text) == nil:
			(*m)[k] = text
		case json.Unmarshal(raw, &number) == nil:
			(*m)[k] = number.String()
		case json.Unmarshal(raw, &flag) == nil:
			(*m)[k] = strconv.FormatBool(flag)
		}
	}
	return nil
}

func readBioCJSON(src labels.Source, opt labels.ReadOptions) iter.Seq2[*labels.Document, error] {
	return func(yield func(*labels.Document, error) bool) {
		jsontext.EachRecord(src, opt, []string{".json", ".jsonl"}, func(r jsontext.Record, err error) bool {
			var rec struct {
				biocDocument
				Documents []biocDocument `json:"documents"`
				PubTator  []biocDocument `json:"PubTator3"`
			}
			if err == nil {
				err = r.Decode(&rec)
			}
			if err == nil && rec.Documents == nil && rec.PubTator == nil && rec.Passages == nil {
				err = r.Problem("", "record", "no documents and no passages", "a collection or a document")
			}
			if err != nil {
				return yield(nil, err)
			}
			list := append(rec.Documents, rec.PubTator...)
			if rec.Passages != nil {
				list = append(list, rec.biocDocument)
			}
			for i := range list {
				list[i].at = r.At
				own := r
				own.Number += i
				if !yield(list[i].document(own.DocID(string(list[i].ID)), opt)) {
					return false
				}
			}
			return true
		})
	}
}

func readBioCXML(src labels.Source, opt labels.ReadOptions) iter.Seq2[*labels.Document, error] {
	return func(yield func(*labels.Document, error) bool) {
		files, err := src.Files(".xml")
		if err != nil {
			yield(nil, err)
			return
		}
		for _, file := range files {
			root, err := readXMLTree(src, file, opt)
			at := labels.Position{File: src.Display(file), Line: 1}
			if err == nil && root.name != "collection" {
				err = &labels.RecordError{At: at, What: "XML", Found: "<" + root.name + ">", Expected: "<collection>"}
			}
			if err != nil {
				if !yield(nil, err) || !labels.IsRecordError(err) {
					return
				}
				continue
			}
			for i, e := range root.all("document") {
				d, err := biocOf(e, at)
				docID := string(d.ID)
				if docID == "" {
					docID = numberedID(file, i+1, ".xml")
				}
				var doc *labels.Document
				if err == nil {
					doc, err = d.document(docID, opt)
				}
				if !yield(doc, err) {
					return
				}
			}
		}
	}
}

// biocOf is a document of XML.
func biocOf(e *xmlElement, at labels.Position) (biocDocument, error) {
	at.Line = e.line
	d := biocDocument{ID: jsontext.Text(textOf(e, "id")), Infons: infonsOf(e), at: at}
	r := biocXML{at: at}
	for _, p := range e.all("passage") {
		d.Passages = append(d.Passages, r.passage(p))
	}
	d.Annotations, d.Relations = r.annotations(e), r.relations(e)
	return d, r.err
}

// biocXML reads elements; err is the first number that is none.
type biocXML struct {
	at  labels.Position
	err error
}

func textOf(e *xmlElement, name string) string { return e.first(name).content() }

func (r *biocXML) number(e *xmlElement, what, text string) int32 {
	n, err := strconv.ParseInt(text, 10, 32)
	if (err != nil || n < 0) && r.err == nil {
		at := r.at
		at.Line = e.line
		r.err = &labels.RecordError{At: at, What: what, Found: strconv.Quote(text), Expected: "a whole number from 0 on"}
	}
	return int32(n)
}

func (r *biocXML) passage(e *xmlElement) biocPassage {
	p := biocPassage{Infons: infonsOf(e), Offset: r.number(e, "offset", textOf(e, "offset")), Text: textOf(e, "text"), Annotations: r.annotations(e), Relations: r.relations(e)}
	for _, s := range e.all("sentence") {
		p.Sentences = append(p.Sentences, r.passage(s))
	}
	return p
}

func infonsOf(e *xmlElement) biocInfons {
	m := biocInfons{}
	for _, i := range e.all("infon") {
		m[i.attr["key"]] = i.content()
	}
	return m
}

func (r *biocXML) annotations(e *xmlElement) (list []biocAnnotation) {
	for _, a := range e.all("annotation") {
		one := biocAnnotation{ID: jsontext.Text(a.attr["id"]), Infons: infonsOf(a), Text: textOf(a, "text")}
		for _, l := range a.all("location") {
			one.Locations = append(one.Locations, biocLocation{r.number(l, "offset", l.attr["offset"]), r.number(l, "length", l.attr["length"])})
		}
		list = append(list, one)
	}
	return list
}

func (r *biocXML) relations(e *xmlElement) (list []biocRelation) {
	for _, rel := range e.all("relation") {
		one := biocRelation{ID: jsontext.Text(rel.attr["id"]), Infons: infonsOf(rel)}
		for _, n := range rel.all("node") {
			one.Nodes = append(one.Nodes, biocNode{jsontext.Text(n.attr["refid"]), n.attr["role"]})
		}
		list = append(list, one)
	}
	return list
}
