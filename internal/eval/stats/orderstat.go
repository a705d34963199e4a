package stats

import "math"

// quantile is the p-quantile of a sample by linear interpolation between order
// statistics (Hyndman and Fan 1996, type 7). It reorders the sample, which must
// not be empty nor hold NaN.
func quantile(values []float64, p float64) float64 {
	at := float64(p * float64(len(values)-1)) // the conversion keeps it from being fused
	i := min(max(int(math.Floor(at)), 0), len(values)-1)
	low := orderStatistic(values, i)
	if i == len(values)-1 || at < 0 {
		return low
	}
	high := math.Inf(1)
	for _, v := range values[i+1:] {
		high = min(high, v)
	}
	part := at - float64(i)
	return low + float64(part*(high-low))
}

// orderStatistic is the k-th smallest value, from 0. It moves smaller values
// before position k and greater ones behind it: quickselect (Hoare 1961,
// "Algorithm 65: Find") around the median of three, in linear time but for
// inputs made to defeat it.
func orderStatistic(values []float64, k int) float64 {
	lo, hi := 0, len(values)-1
	for lo < hi {
		a, b, c := values[lo], values[lo+(hi-lo)/2], values[hi]
		pivot := max(min(a, b), min(max(a, b), c))
		i, j := lo, hi
		for i <= j {
			for values[i] < pivot {
				i++
			}
			for values[j] > pivot {
				j--
			}
			if i <= j {
				values[i], values[j] = values[j], values[i]
				i++
				j--
			}
		}
		switch {
		case k <= j:
			hi = j
		case k >= i:
			lo = i
		default:
			return values[k]
		}
	}
	return values[k]
}
