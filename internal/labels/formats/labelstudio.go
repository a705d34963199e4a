package formats

import (
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/jsontext"
	"github.com/mizan-corpus/mizan/schema"
)

// Label Studio JSON: a list of tasks, or one task a line.
//
//	task   = {"id", "data": {"text": …, "doc_id": …}, "annotations": [set], "predictions": [set | number], "drafts": […]}
//	set    = {"result": [item], "was_cancelled"?, "ground_truth"?, "completed_by"?}
//	item   = labels | choices | relation
//	labels = {"id", "type": "labels", "from_name": "label", "to_name": "text", "value": {"start", "end", "text", "labels": [label]}, "score"?}
//	choices, textarea = a value of the region with the same id: from_name is the field, e.g. "level"
//	relation = {"type": "relation", "from_id", "to_id", "direction", "labels"?: [label]}
//
// and JSON-MIN, which has a row an annotation: {"id", "text", "label": [value], "annotation_id", "annotator"}.
// Older versions call annotations "completions".
//
// Offsets of regions count Unicode code points, [start,end), of the text. The
// project itself does not say so, and its editor has been seen to count UTF-16
// code units; the surfaces in "text" decide, with white space aside: the editor
// writes a line break as the two characters \n. Regions of HyperText have XPaths
// as start and end, and "globalOffsets" in code points of the visible text.
//
// Of the annotations that were not cancelled the one that is the ground truth is
// read, else the first. A task that was skipped, has a draft only or was not
// begun is not labelled, whatever a model predicts for it; predictions are read
// from tasks that have no "annotations" at all, as a file for the import has.
// The text is data.text, else the value of data that the surfaces stand in.
func init() {
	labels.Register(labels.Format{
		Name: "labelstudio", Title: "Label Studio: tasks with regions and relations",
		Unit: schema.OffsetUnit, Layout: labels.OneFile, Extensions: []string{".json", ".jsonl"},
		Notes: "Carries everything but discontinuous spans and the confidence of heads and cues. Of several annotations of a task the ground truth or the first is read, or those of --annotator. " +
			"Tasks that are skipped, drafts or not begun are not labelled. JSON-MIN is read too. Labels that are event types become events, see the prefixes mention:, event:, argument:.",
		Detect: func(_ string, head []byte) bool {
			keys := jsontext.TopKeys(head)
			return keys["data"] && (keys["annotations"] || keys["predictions"] || keys["completions"] || keys["drafts"]) || keys["annotations"] && keys["file_upload"] ||
				isJSONMin(keys) || keys["data"] && strings.Contains(string(head), `"doc_id"`) && len(keys) <= 2
		},
		Read: readLabelStudio, Write: writeLabelStudio, Setup: labelStudioSetup,
	})
}

// isJSONMin tells the rows of JSON-MIN from other records with a text and labels.
func isJSONMin(keys map[string]bool) bool {
	return keys["annotation_id"] || keys["annotator"] && keys["lead_time"]
}
