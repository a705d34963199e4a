package analysis

import (
	"fmt"
	"math"

	"github.com/mizan-corpus/mizan/internal/eval"
)

// CalibrationBins is the number of bins of a reliability diagram, of equal width.
const CalibrationBins = 10

// ConfidenceResult is what confidences are worth. A nil pointer is an
// undefined value.
type ConfidenceResult struct {
	Gold      int64 `json:"gold"`      // gold items
	Predicted int64 `json:"predicted"` // predictions with a confidence
	Correct   int64 `json:"correct"`   // of them
	Unscored  int64 `json:"unscored"`  // predictions without; not looked at below

	// Curve has one point for each confidence that occurs, from the highest:
	// precision and recall of what is predicted with at least that confidence.
	Curve []CurvePoint `json:"curve"`
	// AveragePrecision is Σ (Rₙ − Rₙ₋₁)·Pₙ over the points of the curve, without
	// interpolation, as scikit-learn has it; but recall is over all gold items,
	// found or not. Undefined without gold.
	AveragePrecision *float64 `json:"average_precision"`
	// BestF1 is the point of the greatest F1, the more confident of equals;
	// nil without predictions or without gold.
	BestF1 *CurvePoint `json:"best_f1"`

	// Bins are the reliability diagram; the first holds [0, 0.1], the others
	// (0.1, 0.2] and so on. Empty bins are there.
	Bins []CalibrationBin `json:"bins"`
	// ECE is the expected calibration error Σ nᵦ/n·|accuracyᵦ − confidenceᵦ| over
	// the bins (Naeini, Cooper and Hauskrecht 2015; Guo et al. 2017).
	ECE *float64 `json:"ece"`
	// Brier is the mean of (confidence − right)², right being 0 or 1 (Brier
	// 1950); lower is better.
	Brier *float64 `json:"brier"`
}

// CurvePoint says what a threshold gives.
type CurvePoint struct {
	Threshold float64  `json:"threshold"`
	Predicted int64    `json:"predicted"` // with at least this confidence
	Correct   int64    `json:"correct"`
	Precision float64  `json:"precision"`
	Recall    *float64 `json:"recall"` // nil without gold
	F1        *float64 `json:"f1"`
}

// CalibrationBin is one bar of a reliability diagram.
type CalibrationBin struct {
	Low        float64  `json:"low"`
	High       float64  `json:"high"`
	Predicted  int64    `json:"predicted"`
	Correct    int64    `json:"correct"`
	Confidence *float64 `json:"confidence"` // mean; nil in an empty bin
	Accuracy   *float64 `json:"accuracy"`   // correct/predicted
}

// Result computes the figures from the counts.
func (c *ConfidenceCounts) Result() *ConfidenceResult {
	steps := c.ordered()
	r := &ConfidenceResult{Gold: c.Gold, Unscored: c.Unscored, Curve: make([]CurvePoint, 0, len(steps))}
	average, before := 0.0, int64(0)
	for i := len(steps) - 1; i >= 0; i-- {
		s := steps[i]
		r.Predicted += s.Wrong + s.Right
		r.Correct += s.Right
		score := eval.PRF([]int64{r.Correct, r.Predicted, r.Correct, r.Gold})
		point := CurvePoint{s.Confidence, r.Predicted, r.Correct, score.Precision.Value, score.Recall.Pointer(), nil}
		if score.Recall.Defined {
			point.F1 = score.F1.Pointer()
			average += float64(float64(r.Correct-before) * point.Precision)
			// F1 is 2·correct/(predicted+gold): compared as fractions.
			if r.BestF1 == nil || point.Correct*(r.BestF1.Predicted+r.Gold) > r.BestF1.Correct*(point.Predicted+r.Gold) {
				best := point
				r.BestF1 = &best
			}
		}
		before = r.Correct
		r.Curve = append(r.Curve, point)
	}
	if r.Gold > 0 {
		r.AveragePrecision = eval.Defined(average / float64(r.Gold)).Pointer()
	}
	r.calibrate(steps)
	return r
}

// calibrate fills in the bins and what follows from them. Sums go from the
// least confidence up, so that they do not depend on the order of articles.
func (r *ConfidenceResult) calibrate(steps []confidenceStep) {
	var sums [CalibrationBins]float64 // of confidences
	r.Bins = make([]CalibrationBin, CalibrationBins)
	for i := range r.Bins {
		r.Bins[i].Low, r.Bins[i].High = float64(i)/CalibrationBins, float64(i+1)/CalibrationBins
	}
	brier, bin := 0.0, 0
	for _, s := range steps {
		for s.Confidence > r.Bins[bin].High {
			bin++
		}
		n := s.Wrong + s.Right
		sums[bin] += float64(s.Confidence * float64(n))
		r.Bins[bin].Predicted += n
		r.Bins[bin].Correct += s.Right
		up, down := s.Confidence, 1-s.Confidence
		brier += float64(float64(s.Wrong)*float64(up*up)) + float64(float64(s.Right)*float64(down*down))
	}
	if r.Predicted == 0 {
		return
	}
	gap := 0.0 // Σ |correct − Σ confidence|
	for i := range r.Bins {
		b := &r.Bins[i]
		b.Accuracy = eval.Of(b.Correct, b.Predicted).Pointer()
		if b.Predicted > 0 {
			b.Confidence = eval.Defined(sums[i] / float64(b.Predicted)).Pointer()
		}
		gap += math.Abs(float64(b.Correct) - sums[i])
	}
	r.ECE = eval.Defined(gap / float64(r.Predicted)).Pointer()
	r.Brier = eval.Defined(brier / float64(r.Predicted)).Pointer()
}

// check refuses counts that [ConfidenceCounts] cannot hold.
func (j *confidenceJSON) check() error {
	if j.Gold < 0 || j.Unscored < 0 {
		return fmt.Errorf("confidence counts with gold %d and unscored %d, expected 0 or more", j.Gold, j.Unscored)
	}
	for i, s := range j.Steps {
		if i > 0 && s.Confidence <= j.Steps[i-1].Confidence {
			return fmt.Errorf("confidence counts with %v after %v, expected ascending confidences", s.Confidence, j.Steps[i-1].Confidence)
		}
		if s.Confidence < 0 || s.Confidence > 1 || s.Wrong < 0 || s.Right < 0 {
			return fmt.Errorf("confidence counts with %d wrong and %d right at %v, expected confidences from 0 to 1 and counts of 0 or more", s.Wrong, s.Right, s.Confidence)
		}
	}
	return nil
}
