package scoring

import (
	"github.com/spf13/cobra"

	"github.com/mizan-corpus/mizan/pipeline"
)

// mapUsage tells what --map takes.
const mapUsage = "predicted types and roles as the labels': A=B,C=D, with - for what is not judged and * for all others, or a file of A: B (repeatable)"

// scoringFlags adds the flags of every command that scores. Their defaults are
// what stands in f.
func scoringFlags(c *cobra.Command, f *pipeline.Scoring) {
	fl := c.Flags()
	fl.StringVar(&f.Release, "release", "", "folder of a release (default: the embedded corpus)")
	fl.StringVar(&f.From, "from", "", "format of the predictions (default: detected; see dataset formats)")
	fl.StringArrayVar(&f.Map, "map", nil, mapUsage)
	fl.StringSliceVar(&f.Evaluation.Metrics, "metrics", nil, "metrics or prefixes, e.g. mentions,events.trigger (default: one of each task; see dataset metrics)")
	fl.StringSliceVar(&f.Evaluation.By, "by", nil, "slice by columns: "+pipeline.ColumnNames())
	fl.StringArrayVar(&f.Evaluation.Where, "where", nil, "judge only column=value,value or column!=value (repeatable); columns: "+pipeline.ColumnNames())
	fl.IntVar(&f.Evaluation.Resamples, "resamples", f.Evaluation.Resamples, "replicates of a bootstrap interval; 0 for no intervals by any method")
	fl.Uint64Var(&f.Evaluation.Seed, "seed", f.Evaluation.Seed, "seed of the resampling")
	fl.Float64Var(&f.Evaluation.Level, "level", f.Evaluation.Level, "level of the intervals")
	fl.StringVar(&f.Evaluation.Method, "interval", f.Evaluation.Method, "method of the intervals: logit-t, bca or percentile")
	fl.StringVar(&f.Evaluation.ZeroDivision, "zero-division", "0", "what a class whose ratio is undefined counts in means over classes: 0, or nan to leave it out")
	fl.IntVar(&f.IoU, "iou", 0, "least intersection over union of mentions.overlap, per cent; 0 is any overlap")
}
