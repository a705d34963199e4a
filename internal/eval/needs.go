package eval

// Needs says what is looked at of an article, so that a reader of files can
// leave out the rest. Surface texts of spans are never looked at.
type Needs struct {
	Articles bool // [Pair.Article]
	Events   bool // events and their arguments; else mentions alone
	Details  bool // of a mention more than its span and type
}

// everything is what a metric needs that declares nothing.
var everything = Needs{Articles: true, Events: true, Details: true}

// And is what either looks at.
func (n Needs) And(m Needs) Needs {
	return Needs{n.Articles || m.Articles, n.Events || m.Events, n.Details || m.Details}
}
