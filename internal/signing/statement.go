package signing

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/mizan-corpus/mizan/internal/regular"
)

const (
	statementType = "https://in-toto.io/Statement/v1"
	predicateType = "https://model_signing/signature/v1.0"
)

// statement is what is signed: an in-toto statement whose subject is the SHA-256 over the
// hashes of all files, in the order of the resources.
type statement struct {
	Type          string    `json:"_type"`
	Subject       []subject `json:"subject"`
	PredicateType string    `json:"predicateType"`
	Predicate     predicate `json:"predicate"`
}

type subject struct {
	Name   string            `json:"name"`
	Digest map[string]string `json:"digest"`
}

type predicate struct {
	Resources     []resource    `json:"resources"`
	Serialization serialization `json:"serialization"`
}

// resource is a file: its path inside the folder with slashes, or "." where the file
// itself is signed.
type resource struct {
	Name      string `json:"name"`
	Algorithm string `json:"algorithm"`
	Digest    string `json:"digest"` // hexadecimal
}

type serialization struct {
	Method        string   `json:"method"`
	HashType      string   `json:"hash_type"`
	AllowSymlinks bool     `json:"allow_symlinks"`
	IgnorePaths   []string `json:"ignore_paths"`
}

// root is the hash over the hashes of all resources.
func (p *predicate) root() (string, error) {
	h := sha256.New()
	for _, r := range p.Resources {
		b, err := hex.DecodeString(r.Digest)
		if err != nil {
			return "", fmt.Errorf("resource %q: the digest %q is not hexadecimal", r.Name, r.Digest)
		}
		h.Write(b)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// newStatement lists the files of a folder, or the one file.
func newStatement(path string) (*statement, error) {
	list, err := resources(path, nil)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("%s: found no files, expected some to sign", path)
	}
	absolute, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	s := &statement{Type: statementType, PredicateType: predicateType,
		Predicate: predicate{list, serialization{Method: "files", HashType: "sha256", IgnorePaths: []string{}}}}
	sum, err := s.Predicate.root()
	s.Subject = []subject{{filepath.Base(absolute), map[string]string{"sha256": sum}}}
	return s, err
}

// resources hashes the files of a folder, in the order of their paths, or the one file.
// Folders and files of ignored are passed over. Anything else than folders and regular
// files is an error.
func resources(path string, ignored func(string) bool) ([]resource, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		sum, err := sumOf(os.DirFS(filepath.Dir(path)), filepath.Base(path))
		return []resource{{".", "sha256", sum}}, err
	}
	var list []resource
	fsys := os.DirFS(path)
	err = fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case name != "." && ignored != nil && ignored(name):
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.IsDir():
			return nil
		case !d.Type().IsRegular():
			return fmt.Errorf("%s: found %s, expected a file", filepath.Join(path, filepath.FromSlash(name)), regular.Kind(d.Type()))
		}
		sum, err := sumOf(fsys, name)
		list = append(list, resource{name, "sha256", sum})
		return err
	})
	slices.SortFunc(list, func(a, b resource) int {
		if a.Name < b.Name {
			return -1
		}
		return 1
	})
	return list, err
}

func sumOf(fsys fs.FS, name string) (string, error) {
	f, _, err := regular.Open(fsys, name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// parseStatement reads a signed payload and checks that it is consistent in itself.
func parseStatement(b []byte) (*statement, error) {
	s := &statement{}
	if err := json.Unmarshal(b, s); err != nil {
		return nil, err
	}
	p := &s.Predicate
	switch {
	case s.Type != statementType:
		return nil, fmt.Errorf("_type: found %q, expected %s", s.Type, statementType)
	case s.PredicateType != predicateType:
		return nil, fmt.Errorf("predicateType: found %q, expected %s", s.PredicateType, predicateType)
	case len(s.Subject) != 1:
		return nil, fmt.Errorf("subject: found %d, expected one", len(s.Subject))
	case p.Serialization.Method != "files" || p.Serialization.HashType != "sha256":
		return nil, fmt.Errorf("serialization: found the method %q with %q, expected files with sha256", p.Serialization.Method, p.Serialization.HashType)
	}
	seen := map[string]bool{}
	for _, r := range p.Resources {
		if r.Algorithm != "sha256" || !fs.ValidPath(r.Name) || seen[r.Name] || r.Name == "." && len(p.Resources) != 1 {
			return nil, fmt.Errorf("resources: found %q with %q, expected each file of the folder once, with sha256", r.Name, r.Algorithm)
		}
		seen[r.Name] = true
	}
	sum, err := p.root()
	if err != nil {
		return nil, err
	}
	if want := s.Subject[0].Digest["sha256"]; sum != want {
		return nil, fmt.Errorf("the files' hashes give %s, the subject has %q", sum, want)
	}
	if len(p.Resources) == 0 {
		return nil, errors.New("resources: found none, expected files")
	}
	return s, nil
}
