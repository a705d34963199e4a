package formats

import (
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels"
)

// UIMA CAS XMI, also written by INCEpTION: one article a file, the text in a
// Sofa and every annotation an element whose namespace and name are its type.
//
//	<cas:Sofa xmi:id="1" sofaID="_InitialView" sofaString="TEXT"/>
//	<type:NamedEntity xmi:id="2" sofa="1" begin="7" end="12" value="PER" identifier="ACTOR"/>
//	<custom:Event xmi:id="3" sofa="1" begin="3" end="6" type="CONSULT" arguments="4"/>
//	<custom:EventArgumentsLink xmi:id="4" role="ACTOR" target="2"/>
//	<custom:Relation xmi:id="5" sofa="1" begin="7" end="12" Governor="3" Dependent="2" value="ACTOR"/>
//
// begin and end are [begin,end) in UTF-16 code units of the Sofa's text, as
// Java counts. There are no surfaces: where the text has characters that code
// points count differently, and spans or tokens begin or end with white space
// in UTF-16 units but never in code points, the file is refused unless the unit
// is stated. Types and features are read as those of WebAnno TSV (webanno.go):
// every type but segmentation and grammar, or those with one of the endings of
// [labels.ReadOptions.Types]. The label is the first of the features value,
// label, category, type and entityType, else the type's name; identifier or id
// is the actor_id, confidence or score the confidence where it is from 0 to 1.
//
// INCEpTION writes the annotator's name as documentId, and the document's as
// documentTitle and as the end of documentUri: where these two agree, they are
// the doc_id, without the ending; else documentId is, else the file's name. Of
// several views the one that is named _InitialView, else the first with a text,
// is read. A type system beside the files is no article.
//
// The layers of webanno are written, with tokens and sentences, and their
// TypeSystem.xml.
func init() {
	labels.Register(labels.Format{
		Name: "xmi", Aliases: []string{"inception"}, Title: "UIMA CAS XMI (INCEpTION, DKPro, cassis)", Unit: "utf16_code_unit", Layout: labels.FilePerArticle, Extensions: []string{".xmi", ".xml"},
		Notes: "Carries everything but discontinuous spans, the confidence of arguments and characters that XML has not. Read is every type of annotation but segmentation and grammar, " +
			"or those that --types names by the end of their names.",
		Detect: func(_ string, head []byte) bool {
			return strings.Contains(string(head), "<xmi:XMI") || strings.Contains(string(head), "http://www.omg.org/XMI")
		},
		DetectFolder: func(src labels.Source) bool { return isProject(src, "http://www.omg.org/XMI", ".xmi", ".xml") },
		Read:         readXMI, Write: writeXMI, Setup: inceptionSetup,
	})
}
