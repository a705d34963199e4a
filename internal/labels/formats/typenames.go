package formats

import (
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels"
)

// noLevels begins the notes on formats that give mentions no level.
const noLevels = "Has no levels, which the default ontology asks for: build takes it with --ontology infer or one that does not. "

// wanted reports whether annotations of the type, given by its full name, are to
// be read: those with one of the endings that were asked for, else all that are
// neither segmentation nor grammar. "…api.ner.type.NamedEntity" is read, and so
// is every layer that somebody made.
func wanted(opt labels.ReadOptions, typeName string) bool {
	if opt.Types != nil {
		return slices.ContainsFunc(opt.Types, func(e string) bool { return strings.HasSuffix(typeName, e) })
	}
	if strings.Contains(typeName, ".ner.") {
		return true
	}
	return !isSegmentation(typeName) && !hasPrefix(typeName, builtIn...) && !hasSuffix(typeName, grammar...)
}

// builtIn are the beginnings of the names of types that frameworks bring along:
// grammar, layout, metadata.
var builtIn = []string{"de.tudarmstadt.ukp.", "org.dkpro.core.", "uima.cas.", "uima.tcas."}

// grammar are endings of the names of types of words' and sentences' grammar.
var grammar = []string{"POS", "Lemma", "Stem", "Dependency", "Constituent", "Chunk", "MorphologicalFeatures", "Node"}

// segmentation are endings of the names of types that divide or describe a text.
// They are no labels, and their loss is none.
var segmentation = []string{"Token", "Sentence", "Paragraph", "Segment", "Div", "Heading", "DocumentMetaData", "DocumentAnnotation", "SourceDocumentInformation", "TagsetDescription", "TagDescription", "CASMetadata"}

func isSegmentation(typeName string) bool { return hasSuffix(typeName, segmentation...) }

func hasPrefix(name string, list ...string) bool {
	return slices.ContainsFunc(list, func(e string) bool { return strings.HasPrefix(name, e) })
}

func hasSuffix(name string, list ...string) bool {
	return slices.ContainsFunc(list, func(e string) bool { return strings.HasSuffix(name, e) })
}

// isEventType reports whether a type of annotation is one of events by its
// name.
func isEventType(typeName string) bool {
	return strings.HasSuffix(typeName, "Event") || strings.HasSuffix(typeName, "EventMention")
}
