package release

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/describe"
	"github.com/mizan-corpus/mizan/internal/data/tables"
	"github.com/mizan-corpus/mizan/internal/data/walk"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/native"
	"github.com/mizan-corpus/mizan/schema"
)

// coveredRules are the label rules that the checks of the tables state with
// their column.
var coveredRules = []string{
	"span-invalid", "surface-mismatch", "surface-missing", "head-outside", "unknown-mention", "unknown-event",
	"unknown-actor", "unknown-member", "unknown-hopper", "missing-id", "duplicate-id",
}

// content is the state of a walk over all articles with their labels. Its
// memory grows with the actors, the hoppers and the duplicates only.
type content struct {
	*verifier
	actors  map[string]bool
	hoppers map[string]bool
	parts   map[string]Violation // references to hoppers not met yet
	lint    *linter
	nils    int64 // gold mentions of clusters outside the table of actors
}

// checkContent walks over the articles in order, joined with their labels.
func (v *verifier) checkContent() {
	r := &Release{fsys: v.fsys, manifest: v.manifest}
	c := &content{verifier: v, actors: map[string]bool{}, hoppers: map[string]bool{},
		parts: map[string]Violation{}}
	c.checkActors(r)
	c.checkDuplicates()

	mentions := newSide(c, r, tables.MentionsTable, func(m *tables.MentionRow) string { return m.DocID })
	defer mentions.Stop()
	events := newSide(c, r, tables.EventsTable, func(e *tables.EventRow) string { return e.DocID })
	defer events.Stop()
	arguments := newSide(c, r, tables.ArgumentsTable, func(a *tables.ArgumentRow) string { return a.DocID })
	defer arguments.Stop()
	passes := newPassSides(c, r)
	defer passes.stop()

	for a, err := range r.Articles() {
		if err != nil { // read once before without an error
			c.add(Violation{Table: dataset.TableArticles, Found: err.Error()})
			return
		}
		c.checkArticle(a)
		set := &labelSet{content: c, docID: a.DocID, index: schema.NewIndex(a.Text),
			mentions: mentions.take(a.DocID), events: events.take(a.DocID), arguments: arguments.take(a.DocID)}
		if n := len(set.mentions) + len(set.events) + len(set.arguments); n > 0 && !a.Labelled {
			c.add(Violation{Table: dataset.TableArticles, DocID: a.DocID, Column: "labelled", Found: "false beside " + describe.Count(n, "row") + " of labels", Expected: "true"})
		}
		set.check()
		d := &walk.Entry{Source: a}
		if a.Labelled {
			d.Gold = &labels.Document{Annotation: *set.annotation(), At: labels.Position{File: a.DocID}}
			d.Gold.NotLabelled = a.NotLabelled
			c.nils += nilMentions(d.Gold.Mentions)
		}
		for _, pass := range passes.take(set) {
			pass.check()
			d.Passes = append(d.Passes, &dataset.Pass{Annotator: pass.annotator, Annotation: pass.annotation()})
		}
		c.lint.add(d)
	}
	mentions.finish()
	events.finish()
	arguments.finish()
	passes.finish()
	for _, part := range slices.Sorted(maps.Keys(c.parts)) {
		c.add(c.parts[part])
	}
	if c.manifest.About != nil && c.nils != c.manifest.NILActors { // earlier versions did not count them
		c.add(Violation{File: dataset.ManifestFile, Column: "nil_actors", Found: fmt.Sprint(c.manifest.NILActors), Expected: fmt.Sprintf("%d, the mentions whose actor_id begins with NIL", c.nils)})
	}
	c.checkRules()
}

// checkRules adds what the label rules find beyond the checks made here.
func (c *content) checkRules() {
	for _, f := range c.lint.finish() {
		if slices.Contains(coveredRules, f.Code) {
			continue
		}
		row := f.What
		if annotator, ok := strings.CutPrefix(f.File, native.PassesDir+"/"); ok {
			row += " of the pass " + annotator
		}
		c.add(Violation{DocID: f.DocID, Row: row, Rule: f.Code, Found: f.Found, Expected: f.Expected})
	}
}

func (c *content) checkActors(r *Release) {
	var rows []*native.ActorRow
	for a, err := range r.Actors() {
		if err != nil {
			c.add(Violation{Table: dataset.TableActors, Found: err.Error()})
			break
		}
		c.actors[a.ID] = true
		rows = append(rows, &native.ActorRow{Actor: *a, At: labels.Position{File: dataset.TableActors}})
	}
	for _, a := range rows {
		for _, m := range a.Members {
			if !c.actors[m] {
				c.add(Violation{Table: dataset.TableActors, Row: a.ID, Column: "members", Found: fmt.Sprintf("%q", m), Expected: "an actor_id of the table actors"})
			}
		}
	}
	c.lint = newLinter(c.ontology, rows)
}

// duplicateHeads is the part of the articles that checkDuplicates needs.
var duplicateHeads = tables.ArticlesTable.Only("doc_id", "duplicate_of")

// checkDuplicates checks that what an article repeats is another article.
func (c *content) checkDuplicates() {
	heads := tables.TableRows(c.fsys, c.manifest.TableFiles(dataset.TableArticles), duplicateHeads)
	repeats := map[string][]string{}
	for h, err := range heads {
		if err == nil && h.DuplicateOf != "" {
			repeats[h.DuplicateOf] = append(repeats[h.DuplicateOf], h.DocID)
		}
	}
	if len(repeats) == 0 {
		return
	}
	for h, err := range heads {
		if err == nil && !slices.Contains(repeats[h.DocID], h.DocID) {
			delete(repeats, h.DocID)
		}
	}
	for _, of := range slices.Sorted(maps.Keys(repeats)) {
		for _, docID := range repeats[of] {
			c.add(Violation{Table: dataset.TableArticles, DocID: docID, Column: "duplicate_of", Found: fmt.Sprintf("%q", of), Expected: "the doc_id of another article"})
		}
	}
}

// checkArticle checks what an article says of itself.
func (c *content) checkArticle(a *schema.Article) {
	bad := func(column, found, expected string) {
		c.add(Violation{Table: dataset.TableArticles, DocID: a.DocID, Column: column, Found: found, Expected: expected})
	}
	for _, h := range []struct{ column, sum, of string }{{"text_sha256", a.TextSHA256, a.Text}, {"raw_sha256", a.RawSHA256, a.Raw}} {
		if h.sum == "" && h.of == "" {
			continue
		}
		sum := sha256.Sum256([]byte(h.of))
		if got := hex.EncodeToString(sum[:]); got != h.sum {
			bad(h.column, fmt.Sprintf("%q", h.sum), got+", the hash of the column")
		}
	}
	c.checkRawMap(a, bad)
}

// checkRawMap checks that every segment of the text is what stands in the raw
// file at its place.
func (c *content) checkRawMap(a *schema.Article, bad func(column, found, expected string)) {
	if len(a.RawMap) == 0 {
		return
	}
	text, raw := schema.NewIndex(a.Text), schema.NewIndex(a.Raw)
	end := int32(0)
	for i, s := range a.RawMap {
		place := fmt.Sprintf("segment %d", i)
		from, ok := sliceOf(text, s.Start, s.Length)
		there, okRaw := sliceOf(raw, s.RawStart, s.Length)
		switch {
		case !ok || !okRaw || s.Start < end:
			bad("raw_map", fmt.Sprintf("%s: %+v", place, s), "ordered segments inside the text and the raw file")
			return
		case from != there:
			bad("raw_map", fmt.Sprintf("%s: %q in the raw file", place, short(there)), fmt.Sprintf("%q", short(from)))
			return
		}
		end = s.Start + s.Length
	}
}

func sliceOf(x *schema.Index, start, length int32) (string, bool) {
	if start < 0 || length <= 0 || length > x.Len()-start {
		return "", false
	}
	return x.Slice(schema.Span{Start: start, End: start + length})
}

// short cuts a text for a message.
func short(s string) string {
	const most = 60
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
