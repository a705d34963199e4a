package extract

import "slices"

// nearest are the known names closest to name by edit distance, at most a
// third of its letters (at least two) away, in the order given.
func nearest(name string, known []string) []string {
	best := max(2, len([]rune(name))/3)
	var near []string
	for _, k := range known {
		switch d := editDistance(name, k); {
		case d < best:
			best, near = d, []string{k}
		case d == best:
			near = append(near, k)
		}
	}
	return near
}

// editDistance is the Levenshtein distance of a and b in code points.
func editDistance(a, b string) int {
	s, t := []rune(a), []rune(b)
	row := make([]int, len(t)+1)
	for j := range row {
		row[j] = j
	}
	for i, r := range s {
		diagonal := row[0]
		row[0] = i + 1
		for j, q := range t {
			d := diagonal
			if r != q {
				d = 1 + slices.Min([]int{diagonal, row[j], row[j+1]})
			}
			diagonal, row[j+1] = row[j+1], d
		}
	}
	return row[len(t)]
}
