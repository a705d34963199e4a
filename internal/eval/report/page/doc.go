// Package page writes the HTML report: one file with the scores and, where the
// labels are at hand, every article with its errors.
package page
