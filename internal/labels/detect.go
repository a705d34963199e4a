package labels

import (
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// HeadSize is how much of a file [Format.Detect] sees, in bytes: enough to see
// past the text of most articles, which many formats put first.
const HeadSize = 1 << 16

// DetectFormat finds the one format that claims the source. A folder that no
// format claims as a whole is decided by its first file that any claims.
func DetectFormat(src Source) (*Format, error) {
	files, err := src.Files()
	if err != nil {
		return nil, err
	}
	if len(files) != 1 || files[0] != src.Path {
		for _, f := range All() {
			if f.DetectFolder != nil && f.DetectFolder(src) {
				return f, nil
			}
		}
	}
	for _, name := range files {
		head, err := src.Head(name, HeadSize)
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		var claims []string
		for _, f := range All() {
			if f.Detect != nil && f.Detect(path.Base(name), head) && (f.Confirm == nil || f.Confirm(src, name)) {
				claims = append(claims, f.Name)
			}
		}
		switch len(claims) {
		case 0:
			continue
		case 1:
			return formats[claims[0]], nil
		}
		return nil, &DetectError{Name: src.Display(name), Claims: claims}
	}
	e := &DetectError{Name: src.Display(src.Path)}
	if len(files) == 1 {
		e.Why = nearFault(src, files[0])
	}
	return nil, e
}

// nearFault is what hinders the one format that a file nearly is in from reading
// it, "" where there is none.
func nearFault(src Source, file string) string {
	head, err := src.Head(file, HeadSize)
	if err != nil && !errors.Is(err, io.EOF) {
		return ""
	}
	var near []*Format
	for _, f := range All() {
		if f.Near != nil && f.Near(path.Base(file), head) {
			near = append(near, f)
		}
	}
	if len(near) != 1 {
		return ""
	}
	src.Path = file
	var bad *RecordError
	for _, err := range near[0].Read(src, ReadOptions{}) {
		if errors.As(err, &bad) {
			return fmt.Sprintf("nearly %s, but %s", near[0].Name, bad)
		}
	}
	return ""
}

// DetectError is a source whose format cannot be told.
type DetectError struct {
	Name   string
	Claims []string // the formats that it could be; none when nothing fits
	Why    string   // what hinders the only format that it is nearly in; "" where there is none
}

func (e *DetectError) Error() string {
	switch {
	case e.Why != "":
		return fmt.Sprintf("%s: no known annotation format fits; it is %s", e.Name, e.Why)
	case len(e.Claims) == 0:
		return fmt.Sprintf("%s: no known annotation format fits", e.Name)
	}
	return fmt.Sprintf("%s: could be any of the formats %s", e.Name, strings.Join(e.Claims, ", "))
}

// Hint says how to name the format.
func (e *DetectError) Hint() string {
	return "name the format with --from; known formats: " + strings.Join(formatNames(), ", ")
}
