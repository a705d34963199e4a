package ontology

import (
	"os"
	"testing"

	"github.com/mizan-corpus/mizan/schema"
)

// The strict reader takes the default ontology as it stands, and the canonical
// form reads back as the same.
func TestParsePLOVER(t *testing.T) {
	src, err := os.ReadFile("../../schema/ontology/plover.json")
	if err != nil {
		t.Fatal(err)
	}
	got, err := Parse("plover.json", src)
	if err != nil {
		t.Fatal(err)
	}
	encoded := Encode(got)
	again, err := Parse("again.json", encoded)
	if err != nil {
		t.Fatal(err)
	}
	if string(Encode(schema.PLOVER())) != string(encoded) {
		t.Error("read strictly and leniently, the ontology differs")
	}
	if string(Encode(again)) != string(encoded) {
		t.Error("written and read back, the ontology differs")
	}
}
