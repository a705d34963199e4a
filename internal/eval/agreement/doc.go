// Package agreement measures how well two annotation passes agree: figures of
// one pass against the other, Cohen's κ, Krippendorff's α, and α for unitizing.
package agreement

import _ "github.com/mizan-corpus/mizan/internal/eval/metrics" // the figures of one pass against the other
