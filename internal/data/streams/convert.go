package streams

import "iter"

// Convert is the stream with every item Convert.
func Convert[A, B any](rows iter.Seq2[*A, error], convert func(*A) *B) iter.Seq2[*B, error] {
	return func(yield func(*B, error) bool) {
		for row, err := range rows {
			var item *B
			if err == nil {
				item = convert(row)
			}
			if !yield(item, err) {
				return
			}
		}
	}
}

// Report is the stream without the errors for which report returns nil.
func Report[T any](stream iter.Seq2[*T, error], report func(error) error) iter.Seq2[*T, error] {
	return func(yield func(*T, error) bool) {
		for item, err := range stream {
			if err != nil {
				if err = report(err); err == nil {
					continue
				}
			}
			if !yield(item, err) || err != nil {
				return
			}
		}
	}
}
