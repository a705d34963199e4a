package compat

import "strings"

// splitTag is a tag taken apart.
type splitTag struct{ tag, typ string }

var tagOutside = splitTag{tag: "O"}

// conllevalSplit splits at the first hyphen, as conlleval.pl does. It takes
// the type "0" for none, as Perl does.
func conllevalSplit(s string) splitTag {
	tag, typ, _ := strings.Cut(s, "-")
	if typ == "0" {
		typ = ""
	}
	return splitTag{tag, typ}
}

// conllevalStream counts phrases while it reads, as conlleval.pl does.
type conllevalStream struct {
	of         func(typ string) *tagCounts
	gold, pred splitTag // of the previous token
	inCorrect  bool     // the phrase that gold and prediction both began goes on in both
}

func (c *conllevalStream) sentence(gold, pred []string) {
	for i := range gold {
		c.token(conllevalSplit(gold[i]), conllevalSplit(pred[i]))
	}
	c.token(tagOutside, tagOutside)
}

func (c *conllevalStream) token(gold, pred splitTag) {
	if c.inCorrect {
		goldEnds, predEnds := conllevalEnds(c.gold, gold), conllevalEnds(c.pred, pred)
		if goldEnds && predEnds && c.gold.typ == c.pred.typ {
			c.inCorrect = false
			c.of(c.gold.typ).correct++
		} else if goldEnds != predEnds || gold.typ != pred.typ {
			c.inCorrect = false
		}
	}
	goldStarts, predStarts := conllevalStarts(c.gold, gold), conllevalStarts(c.pred, pred)
	if goldStarts && predStarts && gold.typ == pred.typ {
		c.inCorrect = true
	}
	if goldStarts {
		c.of(gold.typ).gold++
	}
	if predStarts {
		c.of(pred.typ).predicted++
	}
	c.gold, c.pred = gold, pred
}

// conllevalEnds reports whether a phrase ends between two tokens.
func conllevalEnds(prev, next splitTag) bool {
	switch prev.tag + next.tag {
	case "BB", "BO", "IB", "IO", "EE", "EI", "EO":
		return true
	}
	return prev.tag != "O" && prev.tag != "." && prev.typ != next.typ || prev.tag == "]" || prev.tag == "["
}

// conllevalStarts reports whether a phrase starts between two tokens.
func conllevalStarts(prev, next splitTag) bool {
	switch prev.tag + next.tag {
	case "BB", "IB", "OB", "OI", "EE", "EI", "OE":
		return true
	}
	return next.tag != "O" && next.tag != "." && prev.typ != next.typ || next.tag == "]" || next.tag == "["
}
