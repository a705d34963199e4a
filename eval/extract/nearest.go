package extract

import "github.com/mizan-corpus/mizan/schema"

// nearest are the known names closest to name, at most two.
func nearest(name string, known []string) []string { return schema.Near(name, known, 2) }
