package formats

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/native"
)

// Nothing that a file holds is missing from both the labels and what the reader
// says: every file is made of parts that bear a mark, and every mark is found
// again in the annotation or in a remark, a loss, an article that is not labelled
// or an error.
func TestNothingIsLostWithoutAWord(t *testing.T) {
	for name, write := range conserved {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				m := &marks{T: t}
				files := fstest.MapFS{}
				for file, text := range write(m) {
					files[file] = &fstest.MapFile{Data: []byte(text)}
				}
				var opt labels.ReadOptions
				said := heard(&opt)
				var found strings.Builder
				for d, err := range format(name).Read(labels.Source{FS: files, Path: "."}, opt) {
					if err != nil {
						t.Fatalf("%v\n%v", err, dump(labels.Source{FS: files}))
					}
					line, err := native.AppendLine(nil, d)
					if err != nil {
						t.Fatal(err)
					}
					found.Write(line)
				}
				found.WriteString(strings.Join(*said, "\n"))
				for i := range m.n {
					if mark := fmt.Sprintf("mark%dx", i); !strings.Contains(found.String(), mark) {
						t.Fatalf("%s is gone\n%s\n%s", mark, found.String(), dump(labels.Source{FS: files}))
					}
				}
			})
		})
	}
}

// marks makes the parts of a file.
type marks struct {
	*rapid.T
	n int
}

// mark is a new one.
func (m *marks) mark() string {
	m.n++
	return fmt.Sprintf("mark%dx", m.n-1)
}

// some makes up to three parts.
func (m *marks) some(part func(i int) string) (parts []string) {
	for i := range rapid.IntRange(0, 3).Draw(m.T, "parts") {
		parts = append(parts, part(i))
	}
	return parts
}

func (m *marks) upTo(n int) int { return rapid.IntRange(0, n).Draw(m.T, "which") }

func (m *marks) maybe(text func() string) string {
	if rapid.Bool().Draw(m.T, "there") {
		return text()
	}
	return ""
}

const conservedText = "Ann Ben Cy met Dan."

// conservedSpans are its words.
var conservedSpans = [][3]string{{"0", "3", "Ann"}, {"4", "7", "Ben"}, {"8", "10", "Cy"}, {"11", "14", "met"}, {"15", "18", "Dan"}}

var conserved = map[string]func(m *marks) map[string]string{
	"brat": func(m *marks) map[string]string {
		var lines []string
		trigger := ""
		for i, s := range conservedSpans {
			label := m.mark()
			if i == 3 {
				trigger = label
			}
			lines = append(lines, fmt.Sprintf("T%d\t%s %s %s\t%s", i+1, label, s[0], s[1], s[2]))
		}
		lines = append(lines, fmt.Sprintf("E1\t%s:T4 %s:T1 %s:T5", trigger, m.mark(), m.mark()))
		target := func() string { return []string{"T1", "T2", "T5", "E1", "R1", "T77"}[m.upTo(5)] }
		lines = append(lines, fmt.Sprintf("R1\t%s Arg1:T1 Arg2:T2", m.mark()))
		lines = append(lines, m.some(func(i int) string { return fmt.Sprintf("A%d\t%s %s", i, m.mark(), target()) })...)
		lines = append(lines, m.some(func(i int) string { return fmt.Sprintf("A1%d\tlevel T2 %s", i, m.mark()) })...)
		lines = append(lines, m.some(func(i int) string { return fmt.Sprintf("A2%d\t%s %s value", i, m.mark(), target()) })...)
		lines = append(lines, m.some(func(i int) string { return fmt.Sprintf("N%d\tReference T1 %s:7\tAnn", i, m.mark()) })...)
		lines = append(lines, m.some(func(i int) string { return fmt.Sprintf("#%d\t%s %s\tnote", i, m.mark(), target()) })...)
		return map[string]string{"a.ann": strings.Join(lines, "\n") + "\n", "a.txt": conservedText}
	},
	"labelstudio": func(m *marks) map[string]string {
		var items []string
		for i, s := range conservedSpans {
			items = append(items, lsRegion(fmt.Sprint("r", i), s[0], s[1], s[2], m.mark()))
		}
		items = append(items, m.some(func(i int) string {
			return fmt.Sprintf(`{"type":"relation","from_id":"r%d","to_id":"r%d","labels":["%s"]}`, m.upTo(4), m.upTo(4), m.mark())
		})...)
		items = append(items, m.some(func(i int) string {
			return fmt.Sprintf(`{"id":"r%d","type":"choices","from_name":"%s","value":{"choices":["x"]}}`, m.upTo(6), m.mark())
		})...)
		items = append(items, m.some(func(i int) string {
			return fmt.Sprintf(`{"id":"q%d","type":"%s","from_name":"c","value":{"x":1}}`, i, m.mark())
		})...)
		data := m.maybe(func() string { return fmt.Sprintf(`,"%s":"elsewhere"`, m.mark()) })
		return map[string]string{"f.json": fmt.Sprintf(`[{"id":1,"data":{"text":"%s"%s},"annotations":[{"result":[%s]}]},{"id":"%s","data":{"text":"x"},"annotations":[],"drafts":[{}]}]`,
			conservedText, data, strings.Join(items, ","), m.mark())}
	},
	"doccano": func(m *marks) map[string]string {
		var entities []string
		for i, s := range conservedSpans {
			entities = append(entities, fmt.Sprintf(`{"id":%d,"label":"%s","start_offset":%s,"end_offset":%s}`, i, m.mark(), s[0], s[1]))
		}
		relations := m.some(func(i int) string {
			return fmt.Sprintf(`{"id":%d,"from_id":%d,"to_id":%d,"type":"%s"}`, i, m.upTo(4), m.upTo(4), m.mark())
		})
		more := m.maybe(func() string { return fmt.Sprintf(`,"%s":"x"`, m.mark()) }) + m.maybe(func() string { return `,"Comments":["` + `so"]` })
		return map[string]string{"f.jsonl": fmt.Sprintf(`{"id":1,"text":"%s","entities":[%s],"relations":[%s]%s}`, conservedText, strings.Join(entities, ","), strings.Join(relations, ","), more)}
	},
	"prodigy": func(m *marks) map[string]string {
		var spans, labelled []string
		for _, s := range conservedSpans {
			labelled = append(labelled, fmt.Sprintf(`{"start":%s,"end":%s,"label":"%s"}`, s[0], s[1], m.mark()))
		}
		spans = labelled
		relations := m.some(func(i int) string {
			return fmt.Sprintf(`{"head":0,"child":0,"head_span":%s,"child_span":%s,"label":"%s"}`, labelled[m.upTo(4)], labelled[m.upTo(4)], m.mark())
		})
		task := fmt.Sprintf(`{"text":"%s","spans":[%s],"relations":[%s],"answer":"accept"%s}`, conservedText, strings.Join(spans, ","), strings.Join(relations, ","),
			m.maybe(func() string { return fmt.Sprintf(`,"%s":["x"]`, m.mark()) }))
		return map[string]string{"f.jsonl": task + "\n" + fmt.Sprintf(`{"text":"x","meta":{"doc_id":"%s"},"spans":[],"answer":"reject"}`, m.mark())}
	},
	"spacy": func(m *marks) map[string]string {
		var ents []string
		for _, s := range conservedSpans {
			ents = append(ents, fmt.Sprintf(`{"start":%s,"end":%s,"label":"%s","kb_id":"%s"}`, s[0], s[1], m.mark(), m.mark()))
		}
		return map[string]string{"f.json": fmt.Sprintf(`{"text":"%s","ents":[%s],"spans":{"g":[{"start":0,"end":7,"label":"%s"}]},"tokens":[]%s}`, conservedText, strings.Join(ents, ","), m.mark(),
			m.maybe(func() string { return fmt.Sprintf(`,"%s":{"x":1}`, m.mark()) }))}
	},
	"webanno": func(m *marks) map[string]string {
		header := "#FORMAT=WebAnno TSV 3.3\n#T_SP=custom.One|value|" + m.mark() + "\n#T_SP=de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type." + m.mark() + "POS|PosValue\n#T_CH=custom.Chain" + m.mark() + "|a|b\n\n\n#Text=" + conservedText + "\n"
		var lines []string
		for i, s := range conservedSpans {
			end := s[1]
			lines = append(lines, fmt.Sprintf("1-%d\t%s-%s\t%s\t%s\tx\tNN\t*->1-1\ty[1]\t", i+1, s[0], end, s[2], m.mark()))
		}
		lines = append(lines, "1-6\t18-19\t.\t_\t_\t_\t_\t_\t")
		return map[string]string{"a.tsv": header + strings.Join(lines, "\n") + "\n"}
	},
	"xmi": func(m *marks) map[string]string {
		var b strings.Builder
		b.WriteString(`<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:x="http:///my/layers.ecore" xmlns:d="http:///de/tudarmstadt/ukp/dkpro/core/api/lexmorph/type.ecore">`)
		for i, s := range conservedSpans {
			fmt.Fprintf(&b, `<x:Thing xmi:id="%d" sofa="1" begin="%s" end="%s" value="%s" %s="y"/>`, i+10, s[0], s[1], m.mark(), m.mark())
		}
		for i, kind := range m.some(func(int) string { return m.mark() }) {
			fmt.Fprintf(&b, `<d:%sPOS xmi:id="%d" sofa="1" begin="0" end="3" PosValue="NN"/>`, kind, i+30)
		}
		for i, kind := range m.some(func(int) string { return m.mark() }) {
			fmt.Fprintf(&b, `<x:%s xmi:id="%d" first="10"/>`, kind, i+40)
		}
		for i, label := range m.some(func(int) string { return m.mark() }) {
			fmt.Fprintf(&b, `<x:Rel xmi:id="%d" sofa="1" begin="0" end="3" Governor="%d" Dependent="%d" value="%s" %s="z"/>`, i+50, 10+m.upTo(4), 10+m.upTo(6), label, m.mark())
		}
		fmt.Fprintf(&b, `<x:Zero xmi:id="60" sofa="1" begin="3" end="3" value="q"/><x:Other%s xmi:id="61" sofa="2" begin="0" end="1"/>`, m.mark())
		b.WriteString(`<cas:Sofa xmi:id="1" sofaID="_InitialView" sofaString="` + conservedText + `"/></xmi:XMI>`)
		return map[string]string{"a.xmi": b.String()}
	},
	"webannotation": func(m *marks) map[string]string {
		body := func(purpose string) string {
			return fmt.Sprintf(`{"type":"TextualBody","purpose":"%s","value":"%s"}`, purpose, m.mark())
		}
		var list []string
		for i, s := range conservedSpans {
			bodies := append(m.some(func(int) string { return body([]string{"tagging", "commenting", "", "describing"}[m.upTo(3)]) }), body("tagging"))
			list = append(list, fmt.Sprintf(`{"id":"#a%d","type":"Annotation","body":[%s],"target":{"selector":{"type":"TextPositionSelector","start":%s,"end":%s}}}`, i, strings.Join(bodies, ","), s[0], s[1]))
		}
		for range m.upTo(2) {
			list = append(list, fmt.Sprintf(`{"type":"Annotation","motivation":"linking","body":[%s],"target":[{"id":"#a%d"},{"id":"#a%d"}]}`, body("tagging"), m.upTo(4), m.upTo(4)))
		}
		return map[string]string{"f.json": "[" + strings.Join(list, ",") + "]"}
	},
	"conll": func(m *marks) map[string]string {
		var lines []string
		width := rapid.IntRange(1, 3).Draw(m.T, "columns")
		grammar := m.maybe(func() string { return "NN\t" })
		for _, s := range conservedSpans {
			line := s[2] + "\t" + grammar
			for k := range width {
				if k > 0 {
					line += "\t"
				}
				line += "B-" + m.mark()
			}
			lines = append(lines, line)
		}
		text := strings.Join(lines, "\n") + "\n"
		if grammar != "" && width > 1 { // the columns are said by their number
			for i := range m.n {
				if i%width != width-1 {
					text = strings.ReplaceAll(text, fmt.Sprintf("mark%dx", i), "column")
				}
			}
			m.n = 0
		}
		return map[string]string{"f.conll": text}
	},
}
