package labelset

import (
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/annotate/journal"
)

// A card says "by a program" of just those labels whose actions took no measured time.
func TestMade(t *testing.T) {
	person := journal.Work{Pass: "anna", Article: "a1", Actions: 3, Seconds: 4.5}
	program := journal.Work{Pass: "ben", Article: "a2", Actions: 3}
	opened := journal.Work{Pass: "cy", Article: "a3"} // nothing was done
	const by = "but by a program"
	for _, c := range []struct {
		name string
		all  []journal.Work
		ends string
		says bool
	}{
		{"a person", []journal.Work{person, opened}, "they do not say.", false},
		{"a program", []journal.Work{program, opened}, by + ".", true},
		{"both", []journal.Work{person, program}, by + ": ben a2.", true},
	} {
		got := madeBy(c.all)
		if !strings.HasSuffix(got, c.ends) || strings.Contains(got, by) != c.says || strings.Contains(got, "Labelled by hand") {
			t.Errorf("%s: found %q, expected the end %q", c.name, got, c.ends)
		}
	}
}

func TestExampleWasMadeByAProgram(t *testing.T) {
	got, err := Provenance("../../../examples/annotate/labels")
	if err != nil || !strings.Contains(got, "but by a program. `gold`") {
		t.Errorf("found %q, %v", got, err)
	}
}
