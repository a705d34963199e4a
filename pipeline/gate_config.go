package pipeline

import (
	"encoding/csv"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/internal/eval/scoring"
	"github.com/mizan-corpus/mizan/pipeline/internal/config"
	"github.com/mizan-corpus/mizan/pipeline/internal/exit"
)

// ConfigKeys is every key of a gate's file of settings, sorted. All but
// predictions, extractor, ontology, jobs, timeout, startup and retries are flags of dataset gate,
// with dashes for underscores.
func ConfigKeys() []string { return config.Keys() }

// parseConditions reads conditions as they are typed. One figure given twice is
// a mistake.
func parseConditions(mins, drops []string) ([]scoring.Condition, error) {
	var out []scoring.Condition
	seen := map[string]bool{}
	for _, list := range []struct {
		kind  string
		texts []string
	}{{scoring.KindMin, mins}, {scoring.KindMaxDrop, drops}} {
		for _, text := range list.texts {
			c, err := scoring.ParseCondition(list.kind, text)
			if err == nil && seen[c.Key()] {
				err = fmt.Errorf("%s is given twice", c.Figure())
			}
			if err != nil {
				return nil, conditionError(err)
			}
			seen[c.Key()] = true
			out = append(out, c)
		}
	}
	return out, nil
}

func conditionError(err error) error {
	if hint := exit.Hint(exit.Settings(err)); hint != "" {
		return exit.Usage(err, hint)
	}
	return exit.Usage(err, "dataset gate --help")
}

// configure adds what the file of settings says.
func (j *gateJob) configure() error {
	file, err := config.Read(j.Config)
	if err == nil {
		given := j.Given
		if given == nil {
			given = func(string) bool { return false }
		}
		err = file.Apply(given, j.conditionSetter(), j.setter())
	}
	switch {
	case os.IsNotExist(err):
		return exit.Usage(fmt.Errorf("found neither predictions nor %s", j.Config), "dataset gate --help")
	case err != nil:
		return exit.Usage(err, exit.Hint(err))
	}
	return nil
}

// conditionSetter adds the conditions of a configuration; one that is there
// already is left as it is.
func (j *gateJob) conditionSetter() func(key, figure, limit string) error {
	given := map[string]bool{}
	for _, c := range j.conditions {
		given[c.Key()] = true
	}
	return func(key, figure, limit string) error {
		c, err := scoring.NewCondition(key, figure, limit)
		if err == nil && !given[c.Key()] {
			j.conditions = append(j.conditions, c)
		}
		return exit.Settings(err)
	}
}

// places is where each setting goes.
func (j *gateJob) places() map[string]any {
	return map[string]any{
		"predictions": &j.configured, "extractor": &j.extractor, "ontology": &j.ontology, "jobs": &j.jobs, "timeout": &j.timeout, "startup": &j.startup, "retries": &j.retries,
		"release": &j.Release, "from": &j.From, "map": &j.Map, "where": &j.Evaluation.Where, "metrics": (*commaList)(&j.Evaluation.Metrics), "iou": &j.IoU, "zero_division": &j.Evaluation.ZeroDivision,
		"baseline": &j.Baseline, "allow_mismatch": &j.Judging.Mismatch, "significant": &j.Judging.Significant, "alpha": &j.Judging.Alpha,
		"permutations": &j.Judging.Permuting.Samples, "seed": &j.Evaluation.Seed, "resamples": &j.Evaluation.Resamples,
		"level": &j.Evaluation.Level, "interval": &j.Evaluation.Method, "junit": &j.JUnit, "markdown": &j.Markdown,
	}
}

// commaList is a list whose values may stand in one, between commas.
type commaList []string

// setter sets one setting, as its flag would. A list of the file takes the place
// of the one that was there.
func (j *gateJob) setter() func(key, value string) error {
	places, begun := j.places(), map[string]bool{}
	return func(key, value string) (err error) {
		first := !begun[key]
		begun[key] = true
		switch p := places[key].(type) {
		case *string:
			*p = value
		case *[]string:
			if first {
				*p = nil
			}
			*p = append(*p, value)
		case *commaList:
			if first {
				*p = nil
			}
			var values []string
			if value != "" {
				values, err = csv.NewReader(strings.NewReader(value)).Read()
			}
			*p = append(*p, values...)
		case *int:
			var n int64
			n, err = strconv.ParseInt(value, 0, strconv.IntSize)
			*p = int(n)
		case *uint64:
			*p, err = strconv.ParseUint(value, 0, 64)
		case *float64:
			*p, err = strconv.ParseFloat(value, 64)
		case *bool:
			*p, err = strconv.ParseBool(value)
		}
		if err != nil {
			flag := "--" + strings.ReplaceAll(key, "_", "-")
			return fmt.Errorf("invalid argument %q for %q flag: %w", value, flag, err)
		}
		return nil
	}
}
