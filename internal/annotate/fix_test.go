package annotate

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/mizan-corpus/mizan/internal/annotate/journal"
)

// Each finding that knows what mends it is gone when that is done, and brings no error.
func TestFixes(t *testing.T) {
	for code, do := range map[string][]journal.Action{
		"head-missing":       {put("mention", map[string]any{"start": 34, "end": 43, "type": "PER", "level": "NAM", "actor_id": "berg"})},
		"unlinked-mention":   {put("mention", map[string]any{"start": 34, "end": 43, "type": "PER", "level": "NAM"})},
		"duplicate-mention":  {put("mention", map[string]any{"start": 34, "end": 43, "type": "PER", "actor_id": "berg"}), put("mention", map[string]any{"start": 34, "end": 43, "type": "PER", "actor_id": "berg"})},
		"missing-hopper":     {put("event", map[string]any{"start": 44, "end": 47, "type": "CONSULT"})},
		"duplicate-event":    {put("event", map[string]any{"start": 44, "end": 47, "type": "CONSULT"}), put("event", map[string]any{"start": 44, "end": 47, "type": "CONSULT"})},
		"duplicate-argument": {put("mention", map[string]any{"start": 34, "end": 43, "type": "PER", "actor_id": "berg"}), put("event", map[string]any{"start": 44, "end": 47, "type": "CONSULT", "arguments": []any{map[string]any{"role": "ACTOR", "mention_id": "m1"}, map[string]any{"role": "ACTOR", "mention_id": "m1"}}})},
		"unlabelled-name":    {{Op: "state", Value: json.RawMessage(`"done"`)}},
	} {
		s := open(t, t.TempDir(), nil)
		answer := act(t, s, "a1", append([]journal.Action{berg()}, do...)...)
		at := func(list []Finding) int {
			return slices.IndexFunc(list, func(f Finding) bool { return f.Code == code })
		}
		i := at(answer.Findings)
		if i < 0 || answer.Findings[i].Fix == nil {
			t.Errorf("%s: got %+v", code, answer.Findings)
			continue
		}
		n := len(answer.Findings)
		answer = act(t, s, "a1", answer.Findings[i].Fix...)
		if at(answer.Findings) >= 0 || len(answer.Findings) > n && code != "unlabelled-name" {
			t.Errorf("%s: mended, and there is %+v", code, answer.Findings)
		}
	}
}
