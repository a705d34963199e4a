package labels

// nearest is the name most like the given one, by Levenshtein distance over
// bytes, or "" when more than a third of it (at least two letters) would have
// to change. Among equals the first wins.
func nearest(name string, known []string) string {
	best, limit := "", max(2, len(name)/3)
	if len(name) > 64 {
		return ""
	}
	for _, k := range known {
		if d := editDistance(name, k); d <= limit && d < len(k) {
			best, limit = k, d-1
		}
	}
	return best
}

func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
