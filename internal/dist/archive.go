package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
)

// archive is the command with its licences and README: a ZIP for Windows, a tar.gz for
// the others.
func archive(p platform, binary []byte) (string, []byte, error) {
	base := fmt.Sprintf("dataset-%s-%s-%s", version, p.system, p.processor)
	files := []file{{base + "/" + p.binary(), binary, true}}
	for _, name := range []string{"LICENSE", "README.md", "CHANGELOG.md", "data/LICENSE.md"} {
		content, err := os.ReadFile(name)
		if err != nil {
			return "", nil, err
		}
		files = append(files, file{name: base + "/" + name, content: content})
	}
	if p.system == "windows" {
		content, err := zipped(files)
		return base + ".zip", content, err
	}
	content, err := tarred(files)
	return base + ".tar.gz", content, err
}

func tarred(files []file) ([]byte, error) {
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	w := tar.NewWriter(z)
	for _, f := range files {
		err := w.WriteHeader(&tar.Header{Name: f.name, Mode: int64(mode(f)), Size: int64(len(f.content)), ModTime: epoch, Format: tar.FormatUSTAR})
		if err == nil {
			_, err = w.Write(f.content)
		}
		if err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	err = z.Close()
	return b.Bytes(), err
}

func hexSum(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
