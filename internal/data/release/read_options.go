package release

// Parts names the parts of annotations that a reader needs; what it does not
// need is not read.
type Parts int

// The parts. Arguments hang on events, so PartArguments includes PartEvents.
const (
	PartMentions Parts = 1 << iota
	PartEvents
	partArguments
	PartArguments = partArguments | PartEvents
	AllParts      = PartMentions | PartArguments
)

// Has reports whether all of the part is among them.
func (p Parts) Has(part Parts) bool { return p&part == part }

// ReadOptions narrows what is read of a release.
type ReadOptions struct {
	Parts  Parts  // 0 means AllParts
	Split  string // "" means all splits
	NoText bool   // leave out the surface texts, which scoring by offsets does not need

	// SpansOnly leaves out of mentions all but span and type (and surface text,
	// unless NoText is set).
	SpansOnly bool
}
