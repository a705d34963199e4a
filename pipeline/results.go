package pipeline

import (
	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/diff"
	"github.com/mizan-corpus/mizan/internal/data/release"
	"github.com/mizan-corpus/mizan/internal/eval/extract"
	"github.com/mizan-corpus/mizan/internal/eval/extract/run"
	"github.com/mizan-corpus/mizan/internal/eval/report"
	"github.com/mizan-corpus/mizan/internal/eval/scoring"
	"github.com/mizan-corpus/mizan/internal/labels/check"
	"github.com/mizan-corpus/mizan/pipeline/internal/exit"
)

// What the functions take and give, under the names by which a program can call
// it.
type (
	// Dataset is articles with their labels, and what it says of itself: a
	// release, the embedded corpus, or one of your own.
	Dataset = dataset.Dataset
	// Evaluation says what is counted: metrics, slices, filters, intervals.
	Evaluation = scoring.Options
	// Extracting says how an extractor is asked.
	Extracting = extract.Options

	// Result is a finished evaluation.
	Result = scoring.Result
	// Comparison is several systems side by side, each against the first.
	Comparison = scoring.Comparison
	// GateResult is every condition of a gate with its outcome.
	GateResult = scoring.Gate
	// Agreement is the agreement of two annotation passes by name.
	Agreement = report.NamedAgreement
	// RunRecord says how a run went.
	RunRecord = run.Record
	// BuildReport says what a release was made of, and what was left out.
	BuildReport = release.Report
	// Violation is one way in which a release is not what it says.
	Violation = release.Violation
	// Summary is what is in a release.
	Summary = release.Summary
	// Changes are what tells a dataset from an older one.
	Changes = diff.Changes
	// HistoryEntry is a release among those of its folder.
	HistoryEntry = diff.HistoryEntry
	// Finding is what a check has against labels.
	Finding = check.Finding
)

// The exit codes of the commands.
const (
	ExitOK     = exit.OK
	ExitFailed = exit.Failed      // it could not be done
	ExitUsage  = exit.WrongUsage  // what was asked for makes no sense
	ExitCheck  = exit.CheckFailed // a check did not hold: gate, verify, lint, an expected result
)

// Error is an error with its exit code and the next step.
type Error = exit.Error

// ExitCode is the exit code of an error, [ExitOK] of none. Any error in the tree
// that is wrong usage makes it [ExitUsage], else any check that did not hold
// makes it [ExitCheck].
func ExitCode(err error) int { return exit.Code(err) }

// Hint is what to do about an error, "" where nothing is known.
func Hint(err error) string { return exit.Hint(err) }
