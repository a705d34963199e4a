package eval

import "github.com/mizan-corpus/mizan/schema"

// OntologyPart is a part of an ontology that a metric may need.
type OntologyPart string

// The parts.
const (
	PartMentions  OntologyPart = "mention types"
	PartEvents    OntologyPart = "event types"
	PartRoles     OntologyPart = "roles"
	PartModes     OntologyPart = "modes"
	PartQuads     OntologyPart = "quad classes"
	PartRealis    OntologyPart = "realis"
	PartCountries OntologyPart = "countries"
	PartSectors   OntologyPart = "sectors"
	PartCAMEO     OntologyPart = "CAMEO codes"
	PartRecords   OntologyPart = "records"
)

// Lacking lists those of the parts that the ontology does not have, in order. A nil
// ontology is one of which nothing is known: it lacks none.
func Lacking(o *schema.Ontology, parts []OntologyPart) []OntologyPart {
	if o == nil {
		return nil
	}
	var lacking []OntologyPart
	for _, p := range parts {
		if !has(o, p) {
			lacking = append(lacking, p)
		}
	}
	return lacking
}

func has(o *schema.Ontology, p OntologyPart) bool {
	anyType := func(is func(*schema.EventType) bool) bool {
		for i := range o.EventTypes {
			if is(&o.EventTypes[i]) {
				return true
			}
		}
		return false
	}
	switch p {
	case PartMentions:
		return len(o.MentionTypes) > 0
	case PartEvents:
		return len(o.EventTypes) > 0
	case PartRoles:
		return len(o.Roles) > 0
	case PartModes:
		return anyType(func(t *schema.EventType) bool { return len(t.Modes) > 0 })
	case PartQuads:
		return anyType(func(t *schema.EventType) bool { return t.Quad > 0 })
	case PartRealis:
		return len(o.Realis) > 0
	case PartCountries:
		return o.Countries != ""
	case PartSectors:
		return len(o.Sectors) > 0
	case PartCAMEO:
		return len(o.CAMEO.Codes) > 0
	case PartRecords:
		return o.Records != nil
	}
	return false
}
