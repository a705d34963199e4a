package formats

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/graph"
	"github.com/mizan-corpus/mizan/internal/ontology"
	"github.com/mizan-corpus/mizan/schema"
)

// What tools are set up with, from an ontology: the labels of spans, those of
// arcs, and the values that fields may have.

// spanLabels are the labels of mentions, of events, and of what is part of one:
// bare arguments, heads and cues.
func spanLabels(o *schema.Ontology) (mentions, events, parts []string) {
	o = ontology.Or(o)
	for _, t := range schema.Codes(o.MentionTypes) {
		mentions = append(mentions, graph.LabelOf(o, graph.MentionNode, t))
	}
	for _, t := range schema.Codes(o.EventTypes) {
		events = append(events, graph.LabelOf(o, graph.EventNode, t))
	}
	for _, r := range o.Roles {
		if len(r.Fillers) == 0 || slices.Contains(r.Fillers, "span") {
			parts = append(parts, graph.LabelOf(o, graph.ArgumentNode, r.Code.Code))
		}
	}
	return mentions, events, append(parts, graph.LabelOf(o, graph.HeadNode, ""), graph.LabelOf(o, graph.CueNode, ""))
}

// fieldValues are the values that a field may have, nil where it may have any.
func fieldValues(o *schema.Ontology, name string) []string {
	o = ontology.Or(o)
	switch name {
	case "level":
		return schema.Codes(o.Levels)
	case "metonym":
		return []string{"true"}
	case "quoted":
		return []string{"true", "false"}
	case "realis":
		return schema.Codes(o.Realis)
	case "contexts":
		return schema.Codes(o.Contexts)
	case "auxiliaries":
		return schema.Codes(o.Auxiliaries)
	case "modes":
		var list []string
		for _, e := range o.EventTypes {
			list = append(list, schema.Codes(e.Modes)...)
		}
		slices.Sort(list)
		return slices.Compact(list)
	}
	return nil
}

// labelColours tell mentions, events and parts apart in tools that want a colour.
var labelColours = [3]string{"#1d6fb8", "#b8431d", "#6b6b6b"}

// doccanoSetup is the types of spans and of relations as doccano imports them.
func doccanoSetup(o *schema.Ontology) []labels.SetupFile {
	type entry struct {
		Text       string  `json:"text"`
		Suffix     *string `json:"suffix_key"`
		Background string  `json:"background_color"`
		Colour     string  `json:"text_color"`
	}
	var spans, arcs []entry
	mentions, events, parts := spanLabels(o)
	for i, list := range [][]string{mentions, events, parts} {
		for _, l := range list {
			spans = append(spans, entry{l, nil, labelColours[i], "#ffffff"})
		}
	}
	for _, l := range graph.ArcLabels(o) {
		arcs = append(arcs, entry{l, nil, labelColours[2], "#ffffff"})
	}
	return []labels.SetupFile{{Name: "span-types.json", Content: indented(spans)}, {Name: "relation-types.json", Content: indented(arcs)}}
}

func indented(v any) string {
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		panic(err) // strings and nothing else
	}
	return string(b) + "\n"
}

// prodigySetup is the labels of spans and of relations, one a line, as the recipe
// rel.manual takes them: --span-label FILE --label FILE.
func prodigySetup(o *schema.Ontology) []labels.SetupFile {
	mentions, events, parts := spanLabels(o)
	return []labels.SetupFile{{Name: "span-labels.txt", Content: strings.Join(slices.Concat(mentions, events, parts), "\n") + "\n"},
		{Name: "relation-labels.txt", Content: strings.Join(graph.ArcLabels(o), "\n") + "\n"}}
}

// inceptionSetup is the layers, which INCEpTION imports from a type system.
func inceptionSetup(*schema.Ontology) []labels.SetupFile {
	return []labels.SetupFile{{Name: xmiTypeSystem, Content: typeSystem()}}
}

// bratName is a name that brat takes in its configuration.
var bratName = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)

// bratSetup is annotation.conf. Names that brat does not take are left out and
// said in a comment.
func bratSetup(o *schema.Ontology) []labels.SetupFile {
	var b strings.Builder
	usable := func(list []string) (names []string) {
		for _, name := range list {
			if bratName.MatchString(name) {
				names = append(names, name)
			} else {
				fmt.Fprintf(&b, "# brat takes no such name: %s\n", name)
			}
		}
		return names
	}
	all, events, parts := spanLabels(o)
	mentions, triggers, bare := usable(all), usable(events), usable(parts)
	section := func(name string, lines ...string) {
		fmt.Fprintf(&b, "[%s]\n%s\n", name, strings.Join(append(lines, ""), "\n"))
	}
	section("entities", slices.Concat(mentions, bare)...)
	var relations, frames []string
	if len(mentions) > 0 {
		relations = append(relations, graph.ArcHead+"\tArg1:"+strings.Join(mentions, "|")+", Arg2:Head")
	}
	section("relations", append(relations, "<OVERLAP>\tArg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>")...)
	var arguments []string
	any := strings.Join(slices.Concat(mentions, triggers, bare), "|")
	for _, label := range usable(graph.ArcLabels(o)) {
		if label != graph.ArcHead {
			arguments = append(arguments, label+"*:"+any)
		}
	}
	for _, t := range triggers {
		frames = append(frames, t+"\t"+strings.Join(arguments, ", "))
	}
	section("events", frames...)
	var attributes []string
	for _, kind := range []struct {
		fields []string
		on     string
	}{{graph.MentionAttributes, "<ENTITY>"}, {graph.EventAttributes, "<EVENT>"}} {
		for _, f := range kind.fields {
			switch values := usable(fieldValues(o, f)); {
			case f == "metonym":
				attributes = append(attributes, f+"\tArg:"+kind.on)
			case len(values) > 0:
				attributes = append(attributes, f+"\tArg:"+kind.on+", Value:"+strings.Join(values, "|"))
			}
		}
	}
	section("attributes", attributes...)
	return []labels.SetupFile{{Name: "annotation.conf", Content: b.String()}}
}

// labelStudioSetup is the labelling configuration: the names of its controls are
// those that regions carry in our files.
func labelStudioSetup(o *schema.Ontology) []labels.SetupFile {
	var b strings.Builder
	b.WriteString("<View>\n  <Relations>\n")
	for _, l := range graph.ArcLabels(o) {
		fmt.Fprintf(&b, "    <Relation value=\"%s\"/>\n", xmlValue(l))
	}
	b.WriteString("  </Relations>\n  <Labels name=\"label\" toName=\"text\">\n")
	mentions, events, parts := spanLabels(o)
	for i, list := range [][]string{mentions, events, parts} {
		for _, l := range list {
			fmt.Fprintf(&b, "    <Label value=\"%s\" background=\"%s\"/>\n", xmlValue(l), labelColours[i])
		}
	}
	b.WriteString("  </Labels>\n  <Text name=\"text\" value=\"$text\"/>\n")
	for _, f := range slices.Concat(graph.MentionAttributes, graph.EventAttributes, graph.ArgumentAttributes) {
		values := fieldValues(o, f)
		fmt.Fprintf(&b, "  <Header value=\"%s\" size=\"6\"/>\n", f)
		if isTyped(o, f) {
			fmt.Fprintf(&b, "  <TextArea name=\"%s\" toName=\"text\" perRegion=\"true\" maxSubmissions=\"1\"/>\n", f)
			continue
		}
		choice := "single"
		if slices.Contains(webannoLists, f) {
			choice = "multiple"
		}
		fmt.Fprintf(&b, "  <Choices name=\"%s\" toName=\"text\" perRegion=\"true\" choice=\"%s\">\n", f, choice)
		for _, v := range values {
			fmt.Fprintf(&b, "    <Choice value=\"%s\"/>\n", xmlValue(v))
		}
		b.WriteString("  </Choices>\n")
	}
	b.WriteString("</View>\n")
	return []labels.SetupFile{{Name: "labelling.xml", Content: b.String()}}
}
