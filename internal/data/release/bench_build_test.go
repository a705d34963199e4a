package release

import (
	"iter"
	"runtime"
	"runtime/metrics"
	"testing"
	"time"

	"github.com/mizan-corpus/mizan/internal/data/datatest"
)

// BenchmarkReadAnnotations reads a million mentions in 10,000 articles, as
// scoring does, from two releases at a time.
func BenchmarkReadAnnotations(b *testing.B) {
	for _, tc := range []struct {
		name string
		opt  ReadOptions
	}{
		{"spans", ReadOptions{Parts: PartMentions, NoText: true}},
		{"all", ReadOptions{}},
	} {
		b.Run(tc.name, func(b *testing.B) {
			r, err := Open(datatest.Built(b, Build, datatest.Synthetic{Size: 10000, Words: 204}, BuildOptions{}))
			if err != nil {
				b.Fatal(err)
			}
			n := 0
			for b.Loop() {
				other, stop := iter.Pull2(r.AnnotationsOf(tc.opt))
				for a, err := range r.AnnotationsOf(tc.opt) {
					if err != nil {
						b.Fatal(err)
					}
					p, _, _ := other()
					if len(p.Mentions) != len(a.Mentions) {
						b.Fatal("the two differ")
					}
					n += len(a.Mentions) + len(p.Mentions)
				}
				stop()
			}
			b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "spans/s")
		})
	}
}

// BenchmarkBuild builds a release of 10,000 articles as a stream and reports the
// most memory that the heap took.
func BenchmarkBuild(b *testing.B) {
	for b.Loop() {
		most := peakHeap(func() {
			datatest.Built(b, Build, datatest.Synthetic{Size: 10000, Words: 300}, BuildOptions{ArticlesPerFile: 4000})
		})
		b.ReportMetric(float64(most)/1e6, "peak-MB")
	}
	b.ReportMetric(10000*float64(b.N)/b.Elapsed().Seconds(), "articles/s")
}

// BenchmarkVerify verifies such a release.
func BenchmarkVerify(b *testing.B) {
	dir := datatest.Built(b, Build, datatest.Synthetic{Size: 10000, Words: 300}, BuildOptions{})
	for b.Loop() {
		most := peakHeap(func() { mustVerify(b, dir) })
		b.ReportMetric(float64(most)/1e6, "peak-MB")
	}
	b.ReportMetric(10000*float64(b.N)/b.Elapsed().Seconds(), "articles/s")
}

// peakHeap is the most bytes in use by the heap while f runs.
func peakHeap(f func()) uint64 {
	runtime.GC()
	done, most := make(chan bool), make(chan uint64)
	go func() {
		sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		peak := uint64(0)
		for {
			select {
			case <-done:
				most <- peak
				return
			case <-time.After(5 * time.Millisecond):
				metrics.Read(sample)
				peak = max(peak, sample[0].Value.Uint64())
			}
		}
	}()
	f()
	close(done)
	return <-most
}
