package formats

import (
	"fmt"
	"maps"
	"strings"
)

func init() { maps.Copy(conserved, conservedTokens) }

// conservedTokens are the formats of tokens and of XML.
var conservedTokens = map[string]func(m *marks) map[string]string{
	"dygie": func(m *marks) map[string]string {
		return lines(`{"doc_key":"a","sentences":[["Ann","Ben","Cy","met","Dan"]],"ner":[[%s]],"clusters":[[[0,0],[1,1]]],"events":[[%s]]%s%s}`,
			list(m.some(func(i int) string { return fmt.Sprintf(`[%d,%d,"%s"]`, i, i, m.mark()) })),
			list(m.some(func(i int) string {
				return fmt.Sprintf(`[[%d,"%s"],[%d,4,"%s"]]`, i, m.mark(), m.upTo(4), m.mark())
			})),
			m.maybe(func() string { return fmt.Sprintf(`,"%s_clusters":[[[3,3]]]`, m.mark()) }),
			m.maybe(func() string { return fmt.Sprintf(`,"%s":0.5`, m.mark()) }))
	},
	"rams": func(m *marks) map[string]string {
		spans := m.some(func(i int) string { return fmt.Sprintf(`[%d,%d,[["x",1.0]]]`, i, i) })
		return lines(`{"doc_key":"a","sentences":[["Ann","Ben"],["Cy","met","Dan"]],"evt_triggers":[[3,3,[["%s",1.0]]]],"ent_spans":[%s],"gold_evt_links":[%s]%s}`, m.mark(), list(spans),
			list(m.some(func(i int) string { return fmt.Sprintf(`[[3,3],[%d,%d],"evt089arg0%d%s"]`, i, i, i, m.mark()) })),
			m.maybe(func() string { return fmt.Sprintf(`,"%s":"x"`, m.mark()) }))
	},
	"maven": func(m *marks) map[string]string {
		return lines(`{"id":"a","title":"t","content":[{"sentence":"x","tokens":["Ann","Ben","Cy","met","Dan"]}],"events":[%s],"entities":[%s],"TIMEX":[%s]%s}`,
			list(m.some(func(i int) string {
				return fmt.Sprintf(`{"id":"%s","type":"%s","mention":[%s]}`, m.mark(), m.mark(), list(m.some(func(k int) string {
					return fmt.Sprintf(`{"id":"%s","trigger_word":"met","sent_id":0,"offset":[3,4]}`, m.mark())
				})))
			})),
			list(m.some(func(i int) string {
				return fmt.Sprintf(`{"id":"%s","type":"%s","mention":[%s]}`, m.mark(), m.mark(), list(m.some(func(k int) string {
					return fmt.Sprintf(`{"id":"%s","mention":"Ann","sent_id":0,"offset":[0,1]}`, m.mark())
				})))
			})),
			list(m.some(func(i int) string {
				return fmt.Sprintf(`{"id":"%s","type":"%s","mention":"Cy","sent_id":0,"offset":[2,3]}`, m.mark(), m.mark())
			})),
			m.maybe(func() string { return fmt.Sprintf(`,"%s":{"x":1}`, m.mark()) }))
	},
	"omnievent": func(m *marks) map[string]string {
		return lines(`{"id":"a","text":"`+conservedText+`","negative_triggers":[],"events":[%s],"entities":[%s]%s}`,
			list(m.some(func(i int) string {
				return fmt.Sprintf(`{"type":"%s","triggers":[%s]}`, m.mark(), list(m.some(func(k int) string {
					return fmt.Sprintf(`{"id":"%s","trigger_word":"met","position":[11,14],"arguments":[{"role":"%s","mentions":[{"mention_id":"u%d","mention":"Dan","position":[15,18]}]}]}`, m.mark(), m.mark(), m.n)
				})))
			})),
			list(m.some(func(i int) string {
				return fmt.Sprintf(`{"type":"%s","mentions":[%s]}`, m.mark(), list(m.some(func(k int) string {
					return fmt.Sprintf(`{"mention_id":"%s","mention":"Ann","position":[0,3]}`, m.mark())
				})))
			})),
			m.maybe(func() string { return fmt.Sprintf(`,"%s":["x"]`, m.mark()) }))
	},
	"oneie": func(m *marks) map[string]string {
		return lines(`{"doc_id":"a","wnd_id":"a-0","tokens":["Ann","Ben","Cy","met","Dan"],"entity_mentions":[{"id":"E0","text":"Ann","entity_type":"%s","start":0,"end":1},{"id":"E1","text":"Ben","entity_type":"%s","mention_type":"%s","start":1,"end":2}],"relation_mentions":[%s],"event_mentions":[%s]%s}`, m.mark(), m.mark(), m.mark(),
			list(m.some(func(i int) string {
				return fmt.Sprintf(`{"id":"r%d","relation_type":"%s","arguments":[{"entity_id":"E%d","role":"Arg-1"},{"entity_id":"E%d","role":"Arg-2"}]}`, i, m.mark(), m.upTo(1), m.upTo(1))
			})),
			list(m.some(func(i int) string {
				return fmt.Sprintf(`{"id":"%s","event_type":"%s","trigger":{"text":"met","start":3,"end":4},"arguments":[{"entity_id":"E%d","role":"%s"}]}`, m.mark(), m.mark(), m.upTo(1), m.mark())
			})),
			m.maybe(func() string { return fmt.Sprintf(`,"%s":["x"]`, m.mark()) }))
	},
	"gliner": func(m *marks) map[string]string {
		return lines(`{"tokenized_text":["Ann","Ben","Cy","met","Dan"],"ner":[%s],"relations":[%s]%s}`,
			list(m.some(func(i int) string { return fmt.Sprintf(`[%d,4,"%s"]`, i, m.mark()) })),
			list(m.some(func(i int) string { return fmt.Sprintf(`["%s",0,1]`, m.mark()) })),
			m.maybe(func() string { return fmt.Sprintf(`,"%s":["x"]`, m.mark()) }))
	},
	"huggingface": func(m *marks) map[string]string {
		return lines(`{"id":"1","tokens":["Ann","Ben"],"ner_tags":["B-%s","B-%s"]%s}`, m.mark(), m.mark(),
			m.maybe(func() string { return fmt.Sprintf(`,"%s":["x","y"]`, m.mark()) }))
	},
	"pubtator": func(m *marks) map[string]string {
		rows := []string{"1|t|Ann Ben Cy met", "1|a|Dan."}
		for _, s := range conservedSpans {
			rows = append(rows, strings.Join([]string{"1", s[0], s[1], s[2], m.mark(), m.mark()}, "\t")+m.maybe(func() string { return "\t" + m.mark() }))
		}
		rows = append(rows, m.some(func(int) string { return "1\t" + m.mark() + "\tD1\tD2" })...)
		return map[string]string{"f.pubtator": strings.Join(rows, "\n") + "\n"}
	},
	"gate": func(m *marks) map[string]string {
		set := func(name string) string {
			return "<AnnotationSet" + name + ">" + strings.Join(m.some(func(i int) string {
				if m.upTo(1) == 1 { // without text
					return fmt.Sprintf(`<Annotation Id="%d" Type="%s" StartNode="3" EndNode="3"/>`, i, m.mark())
				}
				return fmt.Sprintf(`<Annotation Id="%d" Type="%s" StartNode="0" EndNode="3"><Feature><Name>%s</Name><Value>y</Value></Feature></Annotation>`, i, m.mark(), m.mark())
			}), "") + "</AnnotationSet>"
		}
		return map[string]string{"a.xml": `<GateDocument><TextWithNodes><Node id="0"/>Ann<Node id="3"/> Ben</TextWithNodes>` + set("") + `</GateDocument>`}
	},
	"bioc": func(m *marks) map[string]string {
		infon := func() string {
			return m.maybe(func() string { return fmt.Sprintf(`<infon key="%s">y</infon>`, m.mark()) })
		}
		var list []string
		for i, s := range conservedSpans {
			list = append(list, fmt.Sprintf(`<annotation id="%d"><infon key="type">%s</infon>%s<location offset="%s" length="%d"/><text>%s</text></annotation>`, i, m.mark(), infon(), s[0], len(s[2]), s[2]))
		}
		list = append(list, m.some(func(i int) string {
			return fmt.Sprintf(`<relation id="R%d"><infon key="type">%s</infon><node refid="%d" role="x"/><node refid="%d" role="y"/></relation>`, i, m.mark(), m.upTo(4), m.upTo(4))
		})...)
		return map[string]string{"f.xml": `<collection><source>s</source><date/><key/><document><id>a</id>` + infon() + `<passage>` + infon() + `<offset>0</offset><text>` + conservedText + `</text>` + strings.Join(list, "") + `</passage></document></collection>`}
	},
	"biocjson": func(m *marks) map[string]string {
		infon := func() string { return m.maybe(func() string { return fmt.Sprintf(`,"%s":"y"`, m.mark()) }) }
		var spans []string
		for i, s := range conservedSpans {
			spans = append(spans, fmt.Sprintf(`{"id":"%d","infons":{"type":"%s"%s},"text":"%s","locations":[{"offset":%s,"length":%d}]}`, i, m.mark(), infon(), s[2], s[0], len(s[2])))
		}
		links := m.some(func(i int) string {
			return fmt.Sprintf(`{"id":"R%d","infons":{"type":"%s"},"nodes":[{"refid":"%d","role":"x"},{"refid":"%d","role":"y"}]}`, i, m.mark(), m.upTo(4), m.upTo(4))
		})
		return map[string]string{"f.json": fmt.Sprintf(`{"source":"s","documents":[{"id":"a","infons":{"z":""%s},"passages":[{"offset":0,"infons":{"z":""%s},"text":"%s","annotations":[%s],"relations":[%s]}]}]}`,
			infon(), infon(), conservedText, list(spans), list(links))}
	},
	"entities": func(m *marks) map[string]string {
		var spans []string
		for _, s := range conservedSpans {
			spans = append(spans, fmt.Sprintf(`{"start":%s,"end":%s,"label":"%s"%s}`, s[0], s[1], m.mark(), m.maybe(func() string { return fmt.Sprintf(`,"%s":"y"`, m.mark()) })))
		}
		return lines(`{"id":"a","text":"`+conservedText+`","entities":[%s]%s}`, list(spans), m.maybe(func() string { return fmt.Sprintf(`,"%s":["y"]`, m.mark()) }))
	},
	"casjson": func(m *marks) map[string]string {
		var things []string
		for i, s := range conservedSpans {
			things = append(things, fmt.Sprintf(`{"%%ID":%d,"%%TYPE":"my.Thing","@sofa":1,"begin":%s,"end":%s,"value":"%s"%s}`, 10+i, s[0], s[1], m.mark(), m.maybe(func() string { return fmt.Sprintf(`,"%s":"y"`, m.mark()) })))
		}
		things = append(things, m.some(func(i int) string {
			return fmt.Sprintf(`{"%%ID":%d,"%%TYPE":"lexmorph.type.%sPOS","@sofa":1,"begin":0,"end":3,"PosValue":"NN"}`, 30+i, m.mark())
		})...)
		things = append(things, m.some(func(i int) string {
			return fmt.Sprintf(`{"%%ID":%d,"%%TYPE":"my.Rel","@sofa":1,"begin":0,"end":3,"@Governor":%d,"@Dependent":%d,"value":"%s"}`, 50+i, 10+m.upTo(4), 10+m.upTo(6), m.mark())
		})...)
		return map[string]string{"f.json": `{"%TYPES":{},"%FEATURE_STRUCTURES":[{"%ID":1,"%TYPE":"uima.cas.Sofa","sofaNum":1,"sofaID":"_InitialView","sofaString":"` + conservedText + `"},` + list(things) + `],"%VIEWS":{}}`}
	},
}

// lines is a file of one line.
func lines(form string, parts ...any) map[string]string {
	return map[string]string{"f.jsonl": fmt.Sprintf(form, parts...) + "\n"}
}

func list(parts []string) string { return strings.Join(parts, ",") }
