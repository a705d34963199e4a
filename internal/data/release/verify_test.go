package release

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/datatest"
	"github.com/mizan-corpus/mizan/internal/data/describe"
	"github.com/mizan-corpus/mizan/internal/data/tables"
	"github.com/mizan-corpus/mizan/schema"
)

// editManifest changes the manifest of a release and nothing else.
func editManifest(t *testing.T, dir string, edit func(*dataset.Manifest)) {
	t.Helper()
	m, err := dataset.ReadManifest(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	edit(m)
	b, err := m.Encode()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, dataset.ManifestFile), b, 0o644); err != nil {
		t.Fatal(err)
	}
}

// rewrite changes the rows of a table's only file and brings every hash and
// count of the manifest up to date, so that nothing but the rows is wrong.
func rewrite[T tables.Row](t *testing.T, dir string, edit func([]*T)) {
	t.Helper()
	tab := tables.TableOf[T]()
	path := shardPath(tab.Name, "test", 0, 1)
	rows := datatest.AllRows[T](t, dir, path)
	edit(rows)
	m, err := dataset.ReadManifest(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := tables.NewWriter[T](&b, tables.Metadata{Name: m.Name, Version: m.Version})
	h := tables.NewTableHash[T]()
	for _, r := range rows {
		if err := w.Write(r); err != nil {
			t.Fatal(err)
		}
		h.Add(r)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	replaceFile(t, dir, path, b.Bytes())
	editManifest(t, dir, func(m *dataset.Manifest) {
		for i := range m.Tables {
			if m.Tables[i].Name == tab.Name {
				m.Tables[i] = h.Table()
			}
		}
		m.ContentSHA256 = dataset.ContentHash(m.Tables)
	})
	describeAnew(t, dir)
}

// describeAnew writes what repeats the manifest anew.
func describeAnew(t *testing.T, dir string) {
	t.Helper()
	m, err := dataset.ReadManifest(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	for name, describe := range describe.Descriptions {
		content, err := describe(m, dataset.Meta{Language: m.Language, Labelling: m.Labelling, Licence: m.Licence})
		if err != nil {
			t.Fatal(err)
		}
		replaceFile(t, dir, name, content)
	}
}

// replaceFile changes a file and its size and hash in the manifest.
func replaceFile(t *testing.T, dir, path string, content []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, path), content, 0o644); err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(content)
	editManifest(t, dir, func(m *dataset.Manifest) {
		for i := range m.Files {
			if m.Files[i].Path == path {
				m.Files[i].Bytes, m.Files[i].SHA256 = int64(len(content)), hex.EncodeToString(sum[:])
			}
		}
	})
}

func TestVerifyFindsWrongRows(t *testing.T) {
	far := int32(1 << 20)
	for name, tc := range map[string]struct {
		edit                func(t *testing.T, dir string)
		table, column, rule string
	}{
		"mention's surface": {func(t *testing.T, dir string) {
			rewrite(t, dir, func(r []*tables.MentionRow) { r[4].Text = "x" })
		}, dataset.TableMentions, "text", ""},
		"mention outside": {func(t *testing.T, dir string) {
			rewrite(t, dir, func(r []*tables.MentionRow) { r[len(r)-1].Span = schema.Span{Start: far, End: far + 1} })
		}, dataset.TableMentions, "start", ""},
		"head outside": {func(t *testing.T, dir string) {
			rewrite(t, dir, func(r []*tables.MentionRow) { r[4].Head.Start-- })
		}, dataset.TableMentions, "head_start", ""},
		"half a head": {func(t *testing.T, dir string) {
			rewrite(t, dir, func(r []*tables.MentionRow) { r[4].Head.End = -1 })
		}, dataset.TableMentions, "head_start", ""},
		"fragments": {func(t *testing.T, dir string) {
			rewrite(t, dir, func(r []*tables.MentionRow) { r[4].Fragments = []schema.Span{{Start: 0, End: far}} })
		}, dataset.TableMentions, "fragments", ""},
		"actor": {func(t *testing.T, dir string) {
			rewrite(t, dir, func(r []*tables.MentionRow) { r[4].ActorID = "x" })
		}, dataset.TableMentions, "actor_id", ""},
		"mention of no article": {func(t *testing.T, dir string) {
			rewrite(t, dir, func(r []*tables.MentionRow) { r[len(r)-1].DocID = "zzz" })
		}, dataset.TableMentions, "doc_id", ""},
		"mention's id twice": {func(t *testing.T, dir string) {
			rewrite(t, dir, func(r []*tables.MentionRow) { r[4].ID = r[3].ID })
		}, dataset.TableMentions, "mention_id", ""},
		"mention's type": {func(t *testing.T, dir string) {
			rewrite(t, dir, func(r []*tables.MentionRow) { r[4].Type = "XYZ" })
		}, "", "", "mention-type"},
		"trigger": {func(t *testing.T, dir string) {
			rewrite(t, dir, func(r []*tables.EventRow) { r[4].Text = "x" })
		}, dataset.TableEvents, "text", ""},
		"cue": {func(t *testing.T, dir string) {
			rewrite(t, dir, func(r []*tables.EventRow) { r[4].Cue = schema.Span{Start: far, End: far} })
		}, dataset.TableEvents, "cue_start", ""},
		"quad": {func(t *testing.T, dir string) {
			rewrite(t, dir, func(r []*tables.EventRow) { r[4].Quad = 4 })
		}, dataset.TableEvents, "quad", ""},
		"source": {func(t *testing.T, dir string) {
			rewrite(t, dir, func(r []*tables.EventRow) { r[4].SourceMentionID = "x" })
		}, dataset.TableEvents, "source_mention_id", ""},
		"part of no hopper": {func(t *testing.T, dir string) {
			rewrite(t, dir, func(r []*tables.EventRow) { r[4].PartOf = "x" })
		}, dataset.TableEvents, "part_of", ""},
		"mode": {func(t *testing.T, dir string) {
			rewrite(t, dir, func(r []*tables.EventRow) { r[0].Modes = []string{"x"} })
		}, "", "", "event-mode"},
		"argument's mention": {func(t *testing.T, dir string) {
			rewrite(t, dir, func(r []*tables.ArgumentRow) { r[1].MentionID = "x" })
		}, dataset.TableArguments, "mention_id", ""},
		"argument's target": {func(t *testing.T, dir string) {
			rewrite(t, dir, func(r []*tables.ArgumentRow) { r[3].TargetEventID = "x" })
		}, dataset.TableArguments, "target_event_id", ""},
		"argument's event": {func(t *testing.T, dir string) {
			rewrite(t, dir, func(r []*tables.ArgumentRow) { r[3].EventID = "e9" })
		}, dataset.TableArguments, "event_id", ""},
		"argument's surface": {func(t *testing.T, dir string) {
			rewrite(t, dir, func(r []*tables.ArgumentRow) { r[2].Text = "x" })
		}, dataset.TableArguments, "text", ""},
		"member": {func(t *testing.T, dir string) {
			rewrite(t, dir, func(r []*tables.ActorRow) { r[3].Members[1] = "x" })
		}, dataset.TableActors, "members", ""},
		"country": {func(t *testing.T, dir string) {
			rewrite(t, dir, func(r []*tables.ActorRow) { r[1].Country = "x" })
		}, "", "", "actor-country"},
		"text's hash": {func(t *testing.T, dir string) {
			rewrite(t, dir, func(r []*tables.ArticleRow) { r[2].TextSHA256 = "x" })
		}, dataset.TableArticles, "text_sha256", ""},
		"raw map": {func(t *testing.T, dir string) {
			rewrite(t, dir, func(r []*tables.ArticleRow) { r[2].RawMap[0].RawStart = 0 })
		}, dataset.TableArticles, "raw_map", ""},
		"duplicate of nothing": {func(t *testing.T, dir string) {
			rewrite(t, dir, func(r []*tables.ArticleRow) { r[2].DuplicateOf = "x" })
		}, dataset.TableArticles, "duplicate_of", ""},
		"split": {func(t *testing.T, dir string) {
			rewrite(t, dir, func(r []*tables.ArticleRow) { r[2].Split = "train" })
		}, dataset.TableArticles, "split", ""},
		"labels of an unlabelled article": {func(t *testing.T, dir string) {
			rewrite(t, dir, func(r []*tables.ArticleRow) { r[2].Labelled = false })
		}, dataset.TableArticles, "labelled", ""},
		"surface in a pass": {func(t *testing.T, dir string) {
			rewrite(t, dir, func(r []*tables.PassMentionRow) { r[2].Text = "x" })
		}, dataset.TablePassMentions, "text", ""},
		"pass's argument": {func(t *testing.T, dir string) {
			rewrite(t, dir, func(r []*tables.PassArgumentRow) { r[1].MentionID = "x" })
		}, dataset.TablePassArguments, "mention_id", ""},
	} {
		t.Run(name, func(t *testing.T) {
			dir := datatest.Built(t, Build, datatest.Synthetic{Size: 12, WithPasses: true}, BuildOptions{})
			tc.edit(t, dir)
			list, err := Verify(os.DirFS(dir))
			if err != nil {
				t.Fatal(err)
			}
			found := false
			for _, v := range list {
				found = found || v.Table == tc.table && v.Column == tc.column && v.Rule == tc.rule
				if v.File != "" {
					t.Errorf("beside the row, a file is wrong: %v", v)
				}
			}
			if !found {
				t.Errorf("found %v, expected table %q, column %q, rule %q", list, tc.table, tc.column, tc.rule)
			}
		})
	}
}

func TestVerifyFindsWrongFiles(t *testing.T) {
	mentions := shardPath(dataset.TableMentions, "test", 0, 1)
	foreign := func(t *testing.T, dir string, order func([]parquet.Row)) {
		file, err := os.Open(filepath.Join(dir, mentions))
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		r := parquet.NewReader(file)
		rows := make([]parquet.Row, r.NumRows())
		if n, err := r.ReadRows(rows); n != len(rows) {
			t.Fatalf("read %d rows of %d: %v", n, len(rows), err)
		}
		order(rows)
		var b bytes.Buffer
		w := parquet.NewWriter(&b, r.Schema())
		if _, err := w.WriteRows(rows); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		replaceFile(t, dir, mentions, b.Bytes())
	}
	for name, tc := range map[string]struct {
		edit func(t *testing.T, dir string)
		want []string // each is part of some violation
	}{
		"flipped byte": {func(t *testing.T, dir string) {
			b, err := os.ReadFile(filepath.Join(dir, mentions))
			if err != nil {
				t.Fatal(err)
			}
			b[len(b)/3] ^= 1
			if err := os.WriteFile(filepath.Join(dir, mentions), b, 0o644); err != nil {
				t.Fatal(err)
			}
		}, []string{mentions + ", table mentions: found SHA-256"}},
		"missing file": {func(t *testing.T, dir string) {
			if err := os.Remove(filepath.Join(dir, mentions)); err != nil {
				t.Fatal(err)
			}
		}, []string{mentions + ", table mentions: found no such file"}},
		"added file": {func(t *testing.T, dir string) {
			if err := os.WriteFile(filepath.Join(dir, "data", "mentions", "new"), nil, 0o644); err != nil {
				t.Fatal(err)
			}
		}, []string{"data/mentions/new: found a file that the manifest does not list"}},
		"truncated file": {func(t *testing.T, dir string) {
			if err := os.Truncate(filepath.Join(dir, mentions), 500); err != nil {
				t.Fatal(err)
			}
		}, []string{"found 500 bytes", "cut short"}},
		"card changed": {func(t *testing.T, dir string) {
			b, err := os.ReadFile(filepath.Join(dir, "README.md"))
			if err != nil {
				t.Fatal(err)
			}
			b[len(b)-2] = 'x'
			if err := os.WriteFile(filepath.Join(dir, "README.md"), b, 0o644); err != nil {
				t.Fatal(err)
			}
		}, []string{"README.md: found SHA-256"}},
		"card of another length": {func(t *testing.T, dir string) {
			if err := os.WriteFile(filepath.Join(dir, "README.md"), []byte("x"), 0o644); err != nil {
				t.Fatal(err)
			}
		}, []string{"README.md: found 1 byte, expected"}},
		"manifest changed": {func(t *testing.T, dir string) {
			b, err := os.ReadFile(filepath.Join(dir, dataset.ManifestFile))
			if err != nil {
				t.Fatal(err)
			}
			b = bytes.Replace(b, []byte(`"licence": "CC0-1.0"`), []byte(`"licence": "MIT"`), 1)
			if err := os.WriteFile(filepath.Join(dir, dataset.ManifestFile), b, 0o644); err != nil {
				t.Fatal(err)
			}
		}, []string{"manifest_sha256: found changed after it was written"}},
		"manifest that others contradict": {func(t *testing.T, dir string) {
			editManifest(t, dir, func(m *dataset.Manifest) {
				m.Licence, m.Title, m.Language, m.GuidelineVersion = "MIT", "Another", "fr", "9.9.9"
			})
		}, []string{"README.md, column licence: found", "README.md, column title: found", "README.md, column language: found", "label guidelines 9.9.9",
			`croissant.json, column license: found "LICENSE.md" and "https://spdx.org/licenses/CC0-1.0.html", expected "LICENSE.md" and "https://spdx.org/licenses/MIT.html"`,
			`datapackage.json, column licenses: found "LicenseRef-publishers, CC0-1.0", expected "LicenseRef-publishers, MIT", as the manifest has it`, `datapackage.json, column title: found`}},
		"tables in another order": {func(t *testing.T, dir string) {
			editManifest(t, dir, func(m *dataset.Manifest) { m.Tables[1], m.Tables[3] = m.Tables[3], m.Tables[1] })
		}, []string{"manifest.json, column tables: found", "in another place"}},
		"files in another order": {func(t *testing.T, dir string) {
			editManifest(t, dir, func(m *dataset.Manifest) { m.Files[1], m.Files[2] = m.Files[2], m.Files[1] })
		}, []string{"manifest.json, column files: found"}},
		"folder in the place of a file": {func(t *testing.T, dir string) {
			for _, name := range []string{mentions, "README.md"} {
				if err := os.Remove(filepath.Join(dir, name)); err != nil {
					t.Fatal(err)
				}
				if err := os.Mkdir(filepath.Join(dir, name), 0o777); err != nil {
					t.Fatal(err)
				}
			}
			if err := os.Remove(filepath.Join(dir, "croissant.json")); err != nil { // the rest is still listed
				t.Fatal(err)
			}
		}, []string{mentions + ", table mentions: found a folder, expected a file of", "README.md: found a folder", "croissant.json: found no such file"}},
		"link in the place of a file": {func(t *testing.T, dir string) {
			outside := filepath.Join(t.TempDir(), "card")
			for name, to := range map[string]string{"README.md": outside, mentions: "/dev/zero"} {
				from := filepath.Join(dir, name)
				if err := os.Rename(from, outside); err != nil {
					t.Fatal(err)
				}
				if err := os.Symlink(to, from); err != nil {
					t.Skip("no links here:", err)
				}
			}
		}, []string{"README.md: found a link, expected the file itself", mentions + ": found a link", mentions + ", table mentions: found a device, socket or the like"}},
		"row count of a file": {func(t *testing.T, dir string) {
			editManifest(t, dir, func(m *dataset.Manifest) {
				for i := range m.Files {
					if m.Files[i].Path == mentions {
						m.Files[i].Rows++
					}
				}
			})
		}, []string{mentions + ", table mentions: found", "manifest.json, column tables: found mentions:"}},
		"row count of a table": {func(t *testing.T, dir string) {
			editManifest(t, dir, func(m *dataset.Manifest) { m.Tables[1].Rows++ })
		}, []string{"table mentions: found", "by the manifest", "content_sha256"}},
		"content hash": {func(t *testing.T, dir string) {
			editManifest(t, dir, func(m *dataset.Manifest) {
				m.Tables[1].ContentSHA256 = datatest.HexSum("")
				m.ContentSHA256 = dataset.ContentHash(m.Tables)
			})
		}, []string{"table mentions: found content hash"}},
		"version": {func(t *testing.T, dir string) {
			editManifest(t, dir, func(m *dataset.Manifest) { m.Version = "9.0.0" })
		}, []string{`metadata version="1.0.0", expected 9.0.0`}},
		"manifest is no JSON": {func(t *testing.T, dir string) {
			if err := os.WriteFile(filepath.Join(dir, dataset.ManifestFile), []byte("{"), 0o644); err != nil {
				t.Fatal(err)
			}
		}, []string{"an invalid manifest"}},
		"written by another tool": {func(t *testing.T, dir string) {
			foreign(t, dir, func([]parquet.Row) {})
		}, []string{"created_by", "declared as sorted by", `metadata name=""`}},
		"not in order": {func(t *testing.T, dir string) {
			foreign(t, dir, func(r []parquet.Row) { r[0], r[1] = r[1], r[0] })
		}, []string{"expected ascending keys"}},
		"other file name": {func(t *testing.T, dir string) {
			other := "data/mentions/test-00000-of-00002.parquet"
			if err := os.Rename(filepath.Join(dir, mentions), filepath.Join(dir, other)); err != nil {
				t.Fatal(err)
			}
			editManifest(t, dir, func(m *dataset.Manifest) {
				for i := range m.Files {
					if m.Files[i].Path == mentions {
						m.Files[i].Path = other
					}
				}
			})
		}, []string{"found this name, expected " + mentions}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := datatest.Built(t, Build, datatest.Synthetic{Size: 12}, BuildOptions{})
			tc.edit(t, dir)
			list, err := Verify(os.DirFS(dir))
			if err != nil {
				t.Fatal(err)
			}
			var all []string
			for _, v := range list {
				all = append(all, v.String())
			}
			for _, want := range tc.want {
				if !strings.Contains(strings.Join(all, "\n"), want) {
					t.Errorf("found %q, expected one with %q", all, want)
				}
			}
		})
	}
}

func TestVerifyNoRelease(t *testing.T) {
	if _, err := Verify(os.DirFS(t.TempDir())); !errors.Is(err, dataset.ErrNoManifest) {
		t.Errorf("got %v, expected ErrNoManifest", err)
	}
}
