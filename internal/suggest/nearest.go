package suggest

import "sort"

// Nearest returns up to n of the candidates, the nearest to name first by
// Levenshtein distance over code points, ties in alphabetical order. Error
// messages use it to say what may have been meant.
func Nearest(name string, candidates []string, n int) []string {
	type scored struct {
		name     string
		distance int
	}
	all := make([]scored, len(candidates))
	for i, c := range candidates {
		all[i] = scored{c, levenshtein([]rune(name), []rune(c))}
	}
	sort.SliceStable(all, func(i, j int) bool {
		if all[i].distance != all[j].distance {
			return all[i].distance < all[j].distance
		}
		return all[i].name < all[j].name
	})
	var out []string
	for i := 0; i < len(all) && i < n; i++ {
		out = append(out, all[i].name)
	}
	return out
}

// Near is [Nearest] without candidates that are too far to have been meant:
// more than a third of the name's letters away, two in any case allowed.
func Near(name string, candidates []string, n int) []string {
	letters := []rune(name)
	if len(letters) > 64 { // no name is that long
		return nil
	}
	out := Nearest(name, candidates, n)
	for i, c := range out {
		if levenshtein(letters, []rune(c)) > max(2, len(letters)/3) {
			return out[:i]
		}
	}
	return out
}

func levenshtein(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j, y := range b {
			cost := diagonal
			if x != y {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
