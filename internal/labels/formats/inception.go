package formats

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels"
)

// A project that INCEpTION or WebAnno exports has a folder a document, named as
// the document is, with a file an annotator in it:
//
//	annotation/DOCUMENT.txt/ANNOTATOR.tsv      and INITIAL_CAS.tsv, which nobody has annotated
//	curation/DOCUMENT.txt/CURATION_USER.tsv    what the curator made of them
//
// Curated annotations are read where there are some, else those of the annotator
// that was asked for, else those of the first.

// projectFile is a file of annotations. docID is "" where the file's own name is
// the document's.
type projectFile struct{ path, docID string }

// projectFiles lists the files to read of a source: a file, a folder of files of
// one article each, the folder of one document of a project, or a project.
func projectFiles(src labels.Source, opt labels.ReadOptions, extensions ...string) ([]projectFile, error) {
	files, err := src.Files(extensions...)
	if err != nil {
		return nil, err
	}
	if len(files) == 1 && files[0] == src.Path {
		folder := path.Base(path.Dir(src.Display(src.Path)))
		if !isDocument(folder) {
			folder = ""
		}
		return []projectFile{{src.Path, documentName(folder)}}, nil
	}
	if own := path.Base(src.Display(src.Path)); len(files) > 0 && isDocument(own) {
		return chosen(src, opt, documentName(own), files), nil
	}
	if len(files) > 0 {
		list := make([]projectFile, len(files))
		for i, f := range files {
			list[i].path = f
		}
		return list, nil
	}
	documents, err := projectDocuments(src, extensions)
	if err != nil {
		return nil, err
	}
	var list []projectFile
	for _, d := range documents {
		list = append(list, chosen(src, opt, d.docID, d.files)...)
	}
	return list, nil
}

type projectDocument struct {
	docID string
	files []string
}

// projectDocuments are the documents of a project, by name.
func projectDocuments(src labels.Source, extensions []string) ([]projectDocument, error) {
	byName := map[string]*projectDocument{}
	var names []string
	for _, part := range []string{"curation", "annotation", "."} {
		folder := labels.Source{FS: src.FS, Path: path.Join(src.Path, part), Name: src.Display(path.Join(src.Path, part))}
		entries, err := fs.ReadDir(src.FS, folder.Path)
		if err != nil {
			continue // not there
		}
		for _, e := range entries {
			if !e.IsDir() || strings.HasPrefix(e.Name(), ".") || part == "." && (e.Name() == "curation" || e.Name() == "annotation") {
				continue
			}
			inside := labels.Source{FS: src.FS, Path: path.Join(folder.Path, e.Name()), Name: folder.Display(path.Join(folder.Path, e.Name()))}
			files, err := inside.Files(extensions...)
			if err != nil {
				return nil, err
			}
			d := byName[e.Name()]
			if d == nil && len(files) > 0 {
				d = &projectDocument{docID: documentName(e.Name())}
				byName[e.Name()] = d
				names = append(names, e.Name())
			}
			if d != nil {
				d.files = append(d.files, files...)
			}
		}
		if len(names) > 0 && part == "annotation" {
			break
		}
	}
	slices.Sort(names)
	var list []projectDocument
	for _, name := range names {
		list = append(list, *byName[name])
	}
	return list, nil
}

// The names of files that are no annotator's.
const (
	initialFile = "INITIAL_CAS"
	curatedFile = "CURATION_USER"
)

// chosen is the one file of a document that is read.
func chosen(src labels.Source, opt labels.ReadOptions, docID string, files []string) []projectFile {
	name := func(file string) string { return strings.TrimSuffix(path.Base(file), path.Ext(file)) }
	files = slices.DeleteFunc(slices.Clone(files), func(f string) bool {
		return name(f) == initialFile || strings.EqualFold(path.Base(f), "typesystem.xml")
	})
	if len(files) == 0 {
		opt.NotLabelled(labels.Position{File: src.Display(src.Path)}, docID, "no annotator has begun")
		return nil
	}
	best := slices.IndexFunc(files, func(f string) bool { return opt.Annotator != "" && name(f) == opt.Annotator })
	if best < 0 {
		best = max(0, slices.IndexFunc(files, func(f string) bool { return name(f) == curatedFile }))
	}
	if len(files) > 1 {
		var others []string
		for i, f := range files {
			if i != best {
				others = append(others, name(f))
			}
		}
		opt.Remark(labels.Position{File: src.Display(files[best])}, fmt.Sprintf("annotations of %s are read, not those of %s", name(files[best]), strings.Join(others, ", ")))
	}
	return []projectFile{{files[best], docID}}
}

// isProject reports whether a folder has folders of documents whose files begin
// with a mark.
func isProject(src labels.Source, mark string, extensions ...string) bool {
	files, err := src.Files(extensions...)
	if err != nil || len(files) > 0 {
		return false
	}
	documents, err := projectDocuments(src, extensions)
	if err != nil || len(documents) == 0 {
		return false
	}
	head, err := src.Head(documents[0].files[0], 1<<12)
	return err == nil && strings.Contains(string(head), mark)
}

// documentEndings are those of files that tools take for documents.
var documentEndings = []string{".txt", ".pdf", ".html", ".htm", ".xml", ".tsv", ".xmi", ".json", ".conll", ".docx", ".tei"}

func isDocument(name string) bool {
	return slices.Contains(documentEndings, strings.ToLower(path.Ext(name)))
}

// documentName is a document's name without its ending.
func documentName(name string) string {
	if isDocument(name) {
		return strings.TrimSuffix(name, path.Ext(name))
	}
	return name
}
