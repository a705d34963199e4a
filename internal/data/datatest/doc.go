// Package datatest is what the tests of a dataset's packages share: a
// synthetic dataset of any size, releases of it, golden files.
package datatest
