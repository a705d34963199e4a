package page

import (
	"fmt"
	"math"
	"strings"

	"github.com/mizan-corpus/mizan/internal/eval/analysis"
	"github.com/mizan-corpus/mizan/internal/eval/report/figures"
)

// The plots are drawn in a square of plotSize units with room for the axes.
const (
	plotLeft = 44
	plotTop  = 12
	plotSize = 240
)

// htmlConfidence is the precision–recall curve and the reliability diagram of
// one layer.
type htmlConfidence struct {
	Title                string
	Unscored             int64
	Average, ECE, Brier  string
	Best                 *htmlThreshold
	Ticks                []htmlTick
	Curve                string // a path; "" without gold
	Bins                 []htmlBin
	Left, Top            int
	Right, Bottom, Label int
}

// htmlThreshold is a point of the curve, in numbers and in the plot.
type htmlThreshold struct{ Threshold, Precision, Recall, F1, X, Y string }

// htmlTick is a line of the grid at a fifth.
type htmlTick struct{ Text, X, Y string }

// htmlBin is one bar of the reliability diagram; empty ones have no height.
type htmlBin struct {
	Range, Confidence, Accuracy string
	Predicted, Correct          int64
	X, Y, Width, Height         string
	DotX                        string
}

func htmlConfidences(d *Details) []htmlConfidence {
	var out []htmlConfidence
	for _, layer := range analysis.ErrorLayers {
		r := d.Confidence[layer]
		if r == nil {
			continue
		}
		v := htmlConfidence{
			Title: layerTitle(layer), Unscored: r.Unscored,
			Average: figures.Number(r.AveragePrecision), ECE: figures.Number(r.ECE), Brier: figures.Number(r.Brier),
			Left: plotLeft, Top: plotTop,
			Right: plotLeft + plotSize, Bottom: plotTop + plotSize, Label: plotTop + plotSize + 16,
		}
		for i := range 6 {
			at := float64(i) / 5
			v.Ticks = append(v.Ticks, htmlTick{fmt.Sprintf("%.1f", at), plotX(at), plotY(at)})
		}
		v.Curve = curvePath(r.Curve)
		if b := r.BestF1; b != nil {
			v.Best = &htmlThreshold{figures.Number(&b.Threshold), figures.Number(&b.Precision), figures.Number(b.Recall), figures.Number(b.F1), plotX(*b.Recall), plotY(b.Precision)}
		}
		for _, b := range r.Bins {
			v.Bins = append(v.Bins, newHTMLBin(b))
		}
		out = append(out, v)
	}
	return out
}

// across and down are coordinates in the plot; the conversions keep products
// from being fused into sums, which would differ between processors.
func across(v float64) float64 { return plotLeft + float64(plotSize*v) }
func down(v float64) float64   { return plotTop + float64(plotSize*(1-v)) }

func plotX(v float64) string { return fmt.Sprintf("%.1f", across(v)) }
func plotY(v float64) string { return fmt.Sprintf("%.1f", down(v)) }

// curvePath draws the points in order of falling confidence. Points closer
// than half a unit to the last one drawn are left out, but for the last.
func curvePath(points []analysis.CurvePoint) string {
	var b strings.Builder
	x, y := math.Inf(-1), math.Inf(-1)
	for i, p := range points {
		if p.Recall == nil {
			return ""
		}
		if i < len(points)-1 && math.Abs(*p.Recall-x)*plotSize < 0.5 && math.Abs(p.Precision-y)*plotSize < 0.5 {
			continue
		}
		x, y = *p.Recall, p.Precision
		command := "L"
		if i == 0 {
			command = "M"
		}
		b.WriteString(command + plotX(x) + " " + plotY(y))
	}
	return b.String()
}

func newHTMLBin(b analysis.CalibrationBin) htmlBin {
	const gap = 1.5
	v := htmlBin{
		Range: fmt.Sprintf("%.1f–%.1f", b.Low, b.High), Confidence: figures.Number(b.Confidence), Accuracy: figures.Number(b.Accuracy),
		Predicted: b.Predicted, Correct: b.Correct,
		X: fmt.Sprintf("%.1f", across(b.Low)+gap), Width: fmt.Sprintf("%.1f", across(b.High)-across(b.Low)-2*gap),
	}
	if b.Accuracy == nil {
		return v
	}
	v.Y, v.Height = plotY(*b.Accuracy), fmt.Sprintf("%.1f", plotSize**b.Accuracy)
	v.DotX = plotX(*b.Confidence)
	return v
}
