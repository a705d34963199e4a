// Package eval measures predictions against gold labels.
//
// Every metric turns one article, gold and predicted, into additive integer
// counts (a [Tally]); ratios are computed only when a result is read. Sums of
// counts do not depend on order, so articles, slices, shards, bootstrap
// replicates and permutations all work from the same numbers and give the same
// bytes on any machine.
//
// Families of metrics are in internal/eval/metrics and internal/eval/compat and register
// themselves with [Register]. The package knows neither files nor Parquet.
package eval
