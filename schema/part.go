package schema

// Part is a part of an ontology that a metric may need.
type Part string

// The parts.
const (
	PartMentions  Part = "mention types"
	PartEvents    Part = "event types"
	PartRoles     Part = "roles"
	PartModes     Part = "modes"
	PartQuads     Part = "quad classes"
	PartRealis    Part = "realis"
	PartCountries Part = "countries"
	PartSectors   Part = "sectors"
	PartCAMEO     Part = "CAMEO codes"
	PartRecords   Part = "records"
)

// Lacks lists those of the parts that the ontology does not have, in order. A nil
// ontology is one of which nothing is known: it lacks none.
func (o *Ontology) Lacks(parts []Part) []Part {
	if o == nil {
		return nil
	}
	var lacking []Part
	for _, p := range parts {
		if !o.has(p) {
			lacking = append(lacking, p)
		}
	}
	return lacking
}

func (o *Ontology) has(p Part) bool {
	anyType := func(is func(*EventType) bool) bool {
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
		return anyType(func(t *EventType) bool { return len(t.Modes) > 0 })
	case PartQuads:
		return anyType(func(t *EventType) bool { return t.Quad > 0 })
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
