package forms

import (
	"context"
	"encoding/csv"
	"io"
	"maps"
	"path/filepath"
	"slices"

	"github.com/mizan-corpus/mizan/internal/atomicfile"
	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/export"
	"github.com/mizan-corpus/mizan/internal/data/split"
	"github.com/mizan-corpus/mizan/internal/labels"
)

// splitsFile says, beside the parts, which article is in which.
const splitsFile = "splits.csv"

// WriteParts writes every part and splits.csv into the folder.
func WriteParts(ctx context.Context, ds dataset.Dataset, p *split.Partition, form *Form, dir string, lost *Loss) error {
	return atomicfile.Folder(dir, func(dir string) error { return writeParts(ctx, ds, p, form, dir, lost) })
}

func writeParts(ctx context.Context, ds dataset.Dataset, p *split.Partition, form *Form, dir string, lost *Loss) error {
	for _, part := range p.Parts {
		if err := form.Write(ctx, p.Select(ds, part.Name), export.Target{Path: partPath(dir, part.Name, form)}, lost); err != nil {
			return err
		}
	}
	return labels.DirOutput(dir).WriteFile(splitsFile, func(w io.Writer) error {
		out := csv.NewWriter(w)
		out.Write([]string{"doc_id", "split"})
		for _, id := range slices.Sorted(maps.Keys(p.Of)) {
			out.Write([]string{id, p.Of[id]})
		}
		out.Flush()
		return out.Error()
	})
}

// partPath is where a part goes inside the folder of a split export.
func partPath(dir, part string, f *Form) string {
	if f.Layout == labels.FilePerArticle {
		return filepath.Join(dir, part)
	}
	return filepath.Join(dir, part+f.extension)
}
