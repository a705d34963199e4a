package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"encoding/csv"
	"fmt"
	"io"
	"strings"
	"testing"
)

// inRoot runs a test in the root of the repository, where the command runs.
func inRoot(t *testing.T) { t.Chdir("../..") }

// A wheel has the command as an executable script, the module, and a RECORD with the hash
// of every file (the binary distribution format), and making it twice gives the same bytes.
func TestWheel(t *testing.T) {
	inRoot(t)
	for _, p := range platforms {
		name, content, err := wheel(p, []byte("the binary"))
		if err != nil {
			t.Fatal(err)
		}
		if _, again, err := wheel(p, []byte("the binary")); err != nil || !bytes.Equal(content, again) {
			t.Errorf("%s: made twice, other bytes", name)
		}
		if parts := strings.Split(strings.TrimSuffix(name, ".whl"), "-"); len(parts) != 5 || parts[0] != "mizan_dataset" || parts[1] != version {
			t.Errorf("%s is no name of a wheel", name)
		}
		z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
		if err != nil {
			t.Fatal(err)
		}
		found := map[string]string{}
		for _, f := range z.File {
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			b, err := io.ReadAll(r)
			if err != nil {
				t.Fatal(err)
			}
			found[f.Name] = string(b)
			if script := strings.Contains(f.Name, ".data/scripts/"); script != (f.Mode()&0o111 != 0) || !f.Modified.Equal(epoch) {
				t.Errorf("%s: mode %v, time %v", f.Name, f.Mode(), f.Modified)
			}
		}
		info := "mizan_dataset-" + version + ".dist-info/"
		if got := found["mizan_dataset-"+version+".data/scripts/"+p.binary()]; got != "the binary" {
			t.Errorf("%s: the command is %q", name, got)
		}
		for _, want := range []string{"mizan/__init__.py", "mizan/py.typed", info + "METADATA", info + "licenses/LICENSE"} {
			if _, ok := found[want]; !ok {
				t.Errorf("%s has no %s", name, want)
			}
		}
		records, err := csv.NewReader(strings.NewReader(found[info+"RECORD"])).ReadAll()
		if err != nil || len(records) != len(found) {
			t.Fatalf("%d records of %d files, %v", len(records), len(found), err)
		}
		for _, r := range records {
			sum := sha256.Sum256([]byte(found[r[0]]))
			if r[0] != info+"RECORD" && (r[1] != "sha256="+base64.RawURLEncoding.EncodeToString(sum[:]) || r[2] != fmt.Sprint(len(found[r[0]]))) {
				t.Errorf("%v", r)
			}
		}
		for tag := range strings.SplitSeq(p.tags, ".") {
			if !strings.Contains(found[info+"WHEEL"], "Tag: py3-none-"+tag+"\n") {
				t.Errorf("%s: no tag %s", name, tag)
			}
		}
	}
}

// Archives have the command, executable, and the licences, and the same bytes twice.
func TestArchive(t *testing.T) {
	inRoot(t)
	name, content, err := archive(platforms[0], []byte("the binary"))
	if err != nil {
		t.Fatal(err)
	}
	if _, again, err := archive(platforms[0], []byte("the binary")); err != nil || !bytes.Equal(content, again) {
		t.Error("made twice, other bytes")
	}
	z, err := gzip.NewReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	base := strings.TrimSuffix(name, ".tar.gz")
	modes := map[string]int64{}
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		modes[h.Name] = h.Mode
	}
	if modes[base+"/dataset"] != 0o755 || modes[base+"/LICENSE"] != 0o644 || modes[base+"/data/LICENSE.md"] != 0o644 {
		t.Errorf("%v", modes)
	}
	if name, _, err := archive(platforms[4], nil); err != nil || name != "dataset-"+version+"-windows-amd64.zip" {
		t.Errorf("%s, %v", name, err)
	}
}

func TestChoose(t *testing.T) {
	if got, err := choose("linux/arm64,windows/amd64"); err != nil || len(got) != 2 || got[0].processor != "arm64" {
		t.Errorf("%v, %v", got, err)
	}
	if _, err := choose("plan9/amd64"); err == nil {
		t.Error("plan9/amd64 was taken")
	}
	if err := run([]string{"-kinds", "eggs", "-o", t.TempDir()}); err == nil || !strings.Contains(err.Error(), `found "eggs"`) {
		t.Errorf("%v", err)
	}
}
