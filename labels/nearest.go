package labels

import "github.com/mizan-corpus/mizan/schema"

// nearest is the known name most like the given one, "" when none is near.
func nearest(name string, known []string) string {
	if near := schema.Near(name, known, 1); len(near) > 0 {
		return near[0]
	}
	return ""
}
