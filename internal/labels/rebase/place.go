package rebase

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels/normalise"
	"github.com/mizan-corpus/mizan/internal/labels/occurrence"
	"github.com/mizan-corpus/mizan/schema"
)

const (
	// minCarried is how much of a reworded span must be the same, in per cent
	// of the code points of its old and of its new surface; white space and
	// what [normalise.Map] folds or drops make no difference.
	minCarried = 80
	// maxInstead is the longest passage that a message quotes as what now
	// stands in the place of a span, in code points.
	maxInstead = 80
)

// placement is where a span went.
type placement struct {
	span      schema.Span
	fragments []schema.Span
	outcome   Outcome
	reason    string // for outcomes without a place
}

func (p placement) ok() bool { return p.outcome != OutcomeUnplaced && p.outcome != OutcomeDropped }

func unplaced(reason string) placement {
	return placement{span: schema.NoSpan, outcome: OutcomeUnplaced, reason: reason}
}

// place finds the new place of a span, by the alignment or by the surface. An
// absent span is kept absent.
func (r *rebaser) place(s schema.Span, fragments []schema.Span, mention bool) placement {
	if !s.IsSet() || r.al == nil {
		return placement{span: s, fragments: fragments, outcome: OutcomeKept}
	}
	if p, ok := r.aligned(s, fragments); ok {
		return p
	}
	return r.bySurface(s, fragments, mention)
}

// aligned places a span by the alignment. What stands between the parts of a
// discontinuous span may have changed as it likes.
func (r *rebaser) aligned(s schema.Span, fragments []schema.Span) (placement, bool) {
	to, ok := r.ends(s)
	switch {
	case ok && r.sameSurface(s, to):
		p := placement{span: to, fragments: shift(fragments, to.Start-s.Start), outcome: OutcomeMoved}
		if to == s {
			p.outcome = OutcomeKept
		}
		return p, true
	case len(fragments) == 0:
		return placement{span: to, outcome: OutcomeReworded}, ok && r.mostly(s, to)
	}
	parts := make([]schema.Span, len(fragments))
	for i, f := range fragments {
		if parts[i], ok = r.carry(f); !ok || i > 0 && parts[i-1].End >= parts[i].Start {
			return placement{}, false
		}
	}
	whole := schema.Span{Start: parts[0].Start, End: parts[len(parts)-1].End}
	return placement{span: whole, fragments: parts, outcome: OutcomeReworded}, true
}

// carry is the new place of a span by the alignment alone.
func (r *rebaser) carry(s schema.Span) (schema.Span, bool) {
	to, ok := r.ends(s)
	return to, ok && (r.sameSurface(s, to) || r.mostly(s, to))
}

// ends is where a span's first and last code points went. An end of a word goes
// to an end of the word that it became, Arabic proclitics apart.
func (r *rebaser) ends(s schema.Span) (schema.Span, bool) {
	old, new, to := r.al.old, r.al.new, r.al.to
	first, last := s.Start, s.End-1
	startsOld, endsOld := occurrence.InWord(old[first]) && startsWordAt(r.x, first), occurrence.InWord(old[last]) && endsWordAt(r.x, s.End)
	for startsOld && to[first] < 0 && first < last && occurrence.InWord(old[first+1]) {
		first++
	}
	for endsOld && to[last] < 0 && last > first && occurrence.InWord(old[last-1]) {
		last--
	}
	at := schema.Span{Start: to[first], End: to[last] + 1}
	if to[first] < 0 || to[last] < 0 || !at.Valid() {
		return schema.NoSpan, false
	}
	for startsOld && occurrence.InWord(new[at.Start]) && !startsWordAt(r.y, at.Start) {
		at.Start--
	}
	for endsOld && occurrence.InWord(new[at.End-1]) && !endsWordAt(r.y, at.End) {
		at.End++
	}
	return at, true
}

func startsWordAt(x *schema.Index, p int32) bool {
	b, _ := x.Byte(p)
	return occurrence.StartsWord(x.Text(), b)
}

func endsWordAt(x *schema.Index, p int32) bool {
	b, _ := x.Byte(p)
	return occurrence.EndsWord(x.Text(), b)
}

func (r *rebaser) sameSurface(old, new schema.Span) bool {
	a, _ := r.x.Slice(old)
	b, _ := r.y.Slice(new)
	return a == b
}

// mostly reports whether at least minCarried per cent of either span's code
// points have an equal partner in the other.
func (r *rebaser) mostly(old, new schema.Span) bool {
	same, inOld, inNew := 0, 0, 0
	for p := old.Start; p < old.End; p++ {
		if !compared(r.al.old[p]) {
			continue
		}
		inOld++
		if q := r.al.to[p]; q >= new.Start && q < new.End && normalise.Rune(r.al.old[p]) == normalise.Rune(r.al.new[q]) {
			same++
		}
	}
	for _, c := range r.al.new[new.Start:new.End] {
		if compared(c) {
			inNew++
		}
	}
	return same > 0 && same*100 >= minCarried*max(inOld, inNew)
}

func shift(list []schema.Span, by int32) []schema.Span {
	moved := slices.Clone(list)
	for i := range moved {
		moved[i].Start += by
		moved[i].End += by
	}
	return moved
}

// bySurface places a span where the new text has its surface, if that is one
// place, and the old text has it nowhere else.
func (r *rebaser) bySurface(s schema.Span, fragments []schema.Span, mention bool) placement {
	surface, _ := r.x.Slice(s)
	was, is := r.inX.Find(surface), r.inY.Find(surface)
	reason := ""
	switch {
	case !r.al.related:
		return unplaced("the new text is another one")
	case !is.Exact || len(is.Spans) == 0:
		reason = "the new text does not have it"
	case len(is.Spans) > 1:
		reason = fmt.Sprintf("its passage is gone and the new text has it %d times", len(is.Spans))
	case len(was.Spans) > 1:
		reason = fmt.Sprintf("its passage is gone and the old text had it %d times, the new one has it once", len(was.Spans))
	case was.Spans[0] != s:
		reason = "its passage is gone and it was a part of a word"
	case !mention && !r.sameNeighbour(s, is.Spans[0]):
		reason = "its passage is gone and the words beside it are others where the new text has it"
	}
	if reason != "" {
		if there := r.instead(s); there != "" {
			reason = there
		}
		return unplaced(reason)
	}
	to := is.Spans[0]
	return placement{span: to, fragments: shift(fragments, to.Start-s.Start), outcome: OutcomeBySurface}
}

// sameNeighbour reports whether the word before or the word after is the same.
func (r *rebaser) sameNeighbour(s, to schema.Span) bool {
	a, b := wordBefore(r.al.old[:s.Start]), wordBefore(r.al.new[:to.Start])
	if len(a) > 0 && slices.Equal(a, b) {
		return true
	}
	a, b = wordAfter(r.al.old[s.End:]), wordAfter(r.al.new[to.End:])
	return len(a) > 0 && slices.Equal(a, b)
}

func wordBefore(text []rune) []rune {
	end := len(text)
	for end > 0 && normalise.Rune(text[end-1]) == ' ' {
		end--
	}
	start := end
	for start > 0 && occurrence.InWord(text[start-1]) {
		start--
	}
	return text[start:end]
}

func wordAfter(text []rune) []rune {
	start := 0
	for start < len(text) && normalise.Rune(text[start]) == ' ' {
		start++
	}
	end := start
	for end < len(text) && occurrence.InWord(text[end]) {
		end++
	}
	return text[start:end]
}

// instead says what stands in the new text between the partners of a span's
// neighbours, "" where that is no short passage.
func (r *rebaser) instead(s schema.Span) string {
	to := r.al.to
	left, right := s.Start-1, s.End
	for left >= 0 && to[left] < 0 && s.Start-left <= maxInstead {
		left--
	}
	for int(right) < len(to) && to[right] < 0 && right-s.End <= maxInstead {
		right++
	}
	from, until := int32(0), int32(len(r.al.new))
	if left >= 0 {
		from = to[left] + 1
	}
	if int(right) < len(to) {
		until = to[right]
	}
	if left >= 0 && to[left] < 0 || int(right) < len(to) && to[right] < 0 || from > until || until-from > maxInstead {
		return ""
	}
	there := strings.TrimSpace(string(r.al.new[from:until]))
	if there == "" {
		return "it was cut out of its passage"
	}
	return fmt.Sprintf("the new text has %q there", there)
}
