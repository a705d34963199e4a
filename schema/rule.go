package schema

// Rule is something that an ontology asks of labels. It is about the items of a
// kind that fit When; an item breaks it that lacks what is required, has what is
// forbidden, or has another value than it may.
//
// A field is a property of an item: a column of its table, or something that is
// found out about it; docs/ontology.md lists them. In What, Found and Expected
// {field} stands for the item's values, {field:q} for them in quotes, {value}
// for the value at fault and {item} for the item itself.
type Rule struct {
	Code     string `json:"code"`               // kebab-case; several rules may share one
	Severity string `json:"severity,omitempty"` // "error" (also for ""), "note" or "question"
	Meaning  string `json:"meaning,omitempty"`  // one line
	Of       string `json:"of"`                 // "mention", "event", "argument" or "actor"

	// When gives for some fields the values of which an item must have one;
	// "*" is any value, "" none.
	When    map[string][]string `json:"when,omitempty"`
	Require []string            `json:"require,omitempty"` // fields that have a value
	Forbid  []string            `json:"forbid,omitempty"`  // fields that have none
	Values  map[string][]string `json:"values,omitempty"`  // the only values that fields have
	// Roles bound how many arguments an event has in some roles, all of them
	// together: one finding for each rule.
	Roles map[string]Bound `json:"roles,omitempty"`
	// AnyRole lists roles of which an event has an argument in one at least.
	AnyRole []string `json:"any_role,omitempty"`

	What     string `json:"what,omitempty"` // "{item}" for ""
	Found    string `json:"found,omitempty"`
	Expected string `json:"expected,omitempty"`
}

// Bound is how many there may be.
type Bound struct {
	Min int  `json:"min,omitempty"`
	Max *int `json:"max,omitempty"` // nil for any number
}
