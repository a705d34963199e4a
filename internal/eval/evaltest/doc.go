// Package evaltest is what the tests of the packages under eval share: drawn
// labels, counts of pairs, workloads of the benchmarks, golden files.
package evaltest
