// Package stats says how sure a figure is: resampled intervals, paired tests,
// corrections for many comparisons, and what the articles at hand could show.
package stats
