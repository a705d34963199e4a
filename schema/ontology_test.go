package schema

import (
	"slices"
	"testing"
)

// TestPLOVER holds the embedded inventory against the counts and codes of
// PLOVER 2.0 and CAMEO as the annotation guidelines list them.
func TestPLOVER(t *testing.T) {
	o := PLOVER()
	quads := map[string]int{
		"AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "CONCEDE": 1,
		"COOPERATE": 2, "AID": 2, "RETREAT": 2,
		"REQUEST": 3, "ACCUSE": 3, "REJECT": 3, "THREATEN": 3,
		"PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4,
	}
	if len(o.EventTypes) != len(quads) {
		t.Errorf("%d event types, expected %d", len(o.EventTypes), len(quads))
	}
	for code, quad := range quads {
		if got := o.Quad(code); got != quad {
			t.Errorf("%s: quad %d, expected %d", code, got, quad)
		}
	}
	for _, c := range []struct {
		what      string
		got, want int
	}{
		{"contexts", len(o.Contexts), 37}, {"sectors", len(o.Sectors), 25},
		{"non-state codes", len(o.NonState), 7}, {"roles", len(o.Roles), 7},
		{"countries", len(countries()), 249}, // ISO 3166-1
	} {
		if c.got != c.want {
			t.Errorf("%d %s, expected %d", c.got, c.what, c.want)
		}
	}
	if !o.HasMode("CONSULT", "phone") || o.HasMode("AGREE", "phone") || o.HasMode("", "phone") {
		t.Error("phone is a mode of CONSULT and of nothing else")
	}
	if !o.ValidCountry("SYR") || !o.ValidCountry("IGO") || o.ValidCountry("XYZ") || o.ValidCountry("") {
		t.Error("countries are ISO 3166 alpha-3 codes and PLOVER's non-state codes")
	}
}

func TestEveryCodeHasAGlossAndIsUnique(t *testing.T) {
	o := PLOVER()
	lists := map[string][]Code{
		"levels": o.Levels, "contexts": o.Contexts, "sectors": o.Sectors, "non_state": o.NonState,
		"realis": o.Realis, "auxiliaries": o.Auxiliaries, "cameo": o.CAMEO.Codes,
	}
	for _, m := range o.MentionTypes {
		lists["mention types"] = append(lists["mention types"], m.Code)
	}
	for _, r := range o.Roles {
		lists["roles"] = append(lists["roles"], r.Code)
	}
	for _, e := range o.EventTypes {
		lists["event types"] = append(lists["event types"], e.Code)
		lists["modes of "+e.Code.Code] = e.Modes
	}
	for name, list := range lists {
		var seen []string
		for _, c := range list {
			if c.Code == "" || c.Gloss == "" {
				t.Errorf("%s: %q has the gloss %q", name, c.Code, c.Gloss)
			}
			if slices.Contains(seen, c.Code) {
				t.Errorf("%s: %s stands twice", name, c.Code)
			}
			seen = append(seen, c.Code)
		}
	}
}

// TestCrosswalk: roots as published with PLOVER; 08 divides into CONCEDE
// (081–083) and RETREAT (084–087).
func TestCrosswalk(t *testing.T) {
	o := PLOVER()
	for code, want := range map[string]string{
		"010": "", "020": "REQUEST", "030": "AGREE", "042": "CONSULT", "051": "SUPPORT", "061": "COOPERATE",
		"073": "AID", "081": "CONCEDE", "083": "CONCEDE", "084": "RETREAT", "0871": "RETREAT", "090": "ACCUSE",
		"101": "REQUEST", "111": "ACCUSE", "120": "REJECT", "138": "THREATEN", "141": "PROTEST", "150": "MOBILIZE",
		"160": "SANCTION", "173": "COERCE", "180": "ASSAULT", "195": "ASSAULT", "203": "ASSAULT", "99": "", "": "",
	} {
		if got := o.TypeOfCAMEO(code); got != want {
			t.Errorf("%s: %q, expected %q", code, got, want)
		}
	}
	for _, c := range o.CAMEO.Codes {
		if typ := o.TypeOfCAMEO(c.Code); typ != "" && o.EventType(typ) == nil {
			t.Errorf("%s leads to the unknown type %s", c.Code, typ)
		}
	}
}
