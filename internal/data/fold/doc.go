// Package fold makes spellings equal for comparison: Arabic letters and vowel
// marks, case, digits, white space. What it gives is never kept.
package fold
