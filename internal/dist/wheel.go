package main

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"
)

// file is a file of an archive.
type file struct {
	name       string
	content    []byte
	executable bool
}

const (
	wheelName = "mizan_dataset" // of the distribution mizan-dataset, as file names have it
	pythonDir = "python"        // the folder with the module
)

// wheel is a wheel for a platform: the module, and the command where pip puts scripts
// (binary distribution format 1.0).
func wheel(p platform, binary []byte) (string, []byte, error) {
	info := wheelName + "-" + version + ".dist-info/"
	files, err := module(os.DirFS(pythonDir))
	if err != nil {
		return "", nil, err
	}
	licence, err := os.ReadFile("LICENSE")
	if err != nil {
		return "", nil, err
	}
	dataLicence, err := os.ReadFile("data/LICENSE.md")
	if err != nil {
		return "", nil, err
	}
	page, err := os.ReadFile(pythonDir + "/README.md")
	if err != nil {
		return "", nil, err
	}
	var tags strings.Builder
	for tag := range strings.SplitSeq(p.tags, ".") {
		fmt.Fprintf(&tags, "Tag: py3-none-%s\n", tag)
	}
	files = append(files,
		file{wheelName + "-" + version + ".data/scripts/" + p.binary(), binary, true},
		file{name: info + "METADATA", content: []byte(metadata + "\n" + string(page))},
		file{name: info + "WHEEL", content: []byte("Wheel-Version: 1.0\nGenerator: mizan dist\nRoot-Is-Purelib: false\n" + tags.String())},
		file{name: info + "licenses/LICENSE", content: licence},
		file{name: info + "licenses/data/LICENSE.md", content: dataLicence},
	)
	var record strings.Builder
	for _, f := range files {
		sum := sha256.Sum256(f.content)
		fmt.Fprintf(&record, "%s,sha256=%s,%d\n", f.name, base64.RawURLEncoding.EncodeToString(sum[:]), len(f.content))
	}
	fmt.Fprintf(&record, "%sRECORD,,\n", info)
	files = append(files, file{name: info + "RECORD", content: []byte(record.String())})
	content, err := zipped(files)
	return fmt.Sprintf("%s-%s-py3-none-%s.whl", wheelName, version, p.tags), content, err
}

// metadata is what the wheel says of itself (core metadata 2.4), up to the description.
const metadata = `Metadata-Version: 2.4
Name: mizan-dataset
Version: ` + version + `
Summary: Score extractors of actors and events in news, and load the corpora that they are scored on
License-Expression: Apache-2.0 AND CC-BY-4.0 AND LicenseRef-publishers
License-File: LICENSE
License-File: data/LICENSE.md
Keywords: evaluation,information extraction,events,named entities,Arabic,news
Classifier: Development Status :: 4 - Beta
Classifier: Intended Audience :: Science/Research
Classifier: Programming Language :: Python :: 3
Classifier: Topic :: Scientific/Engineering :: Artificial Intelligence
Requires-Python: >=3.9
Provides-Extra: pandas
Requires-Dist: pandas; extra == "pandas"
Requires-Dist: pyarrow; extra == "pandas"
Provides-Extra: polars
Requires-Dist: polars; extra == "polars"
Provides-Extra: arrow
Requires-Dist: pyarrow; extra == "arrow"
Description-Content-Type: text/markdown
`

// module is the files of the Python module, in the order of their names.
func module(fsys fs.FS) ([]file, error) {
	var files []file
	err := fs.WalkDir(fsys, "mizan", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && d.Name() == "__pycache__":
			return fs.SkipDir
		case d.IsDir():
			return nil
		}
		content, err := fs.ReadFile(fsys, name)
		files = append(files, file{name: name, content: content})
		return err
	})
	return files, err
}

// epoch is the time of every file: the first that a ZIP archive can say.
var epoch = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

func zipped(files []file) ([]byte, error) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	w.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) { return flate.NewWriter(out, flate.BestCompression) })
	for _, f := range files {
		h := &zip.FileHeader{Name: f.name, Method: zip.Deflate, Modified: epoch}
		h.SetMode(mode(f))
		out, err := w.CreateHeader(h)
		if err == nil {
			_, err = out.Write(f.content)
		}
		if err != nil {
			return nil, err
		}
	}
	err := w.Close()
	return b.Bytes(), err
}

func mode(f file) fs.FileMode {
	if f.executable {
		return 0o755
	}
	return 0o644
}
