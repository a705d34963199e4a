// The text of an article: one text node a paragraph, so that no mark breaks the joins
// of letters. Marks are painted by the CSS Custom Highlight API; the lines below the
// text and the chips above it are placed from the client rects of ranges.
//
// Offsets are code points of the article. A paragraph's `astral` lists which of its
// code points take two UTF-16 units; nothing else is computed here about characters.

import { h } from './dom.js'

const svg = (name, props) => {
  const e = document.createElementNS('http://www.w3.org/2000/svg', name)
  for (const [k, v] of Object.entries(props)) e.setAttribute(k, v)
  return e
}

export class TextPane {
  constructor(root, { onselect, onmark }) {
    this.root = root
    this.onselect = onselect
    this.onmark = onmark
    this.lines = []
    this.marks = []
    this.caret = 0
    this.anchor = null // the other end of the selection, null for none
    this.seen = new Set()
    this.watch = new IntersectionObserver((list) => this.scrolled(list), { rootMargin: '200px' })
    root.addEventListener('pointerup', () => setTimeout(() => this.takeNative()))
    root.addEventListener('click', (e) => this.clicked(e))
    new ResizeObserver(() => this.repaint()).observe(root)
    document.fonts?.ready.then(() => this.repaint())
  }

  // show takes another article.
  show(article) {
    this.watch.disconnect()
    this.seen.clear()
    this.root.replaceChildren()
    this.root.lang = article.language || ''
    this.root.dir = article.dir
    this.layer = svg('svg', { class: 'arcs', 'aria-hidden': 'true' })
    this.lines = article.paragraphs.map((p, i) => {
      const node = document.createTextNode(p.text)
      const text = h('span.letters', { dir: p.dir }, node)
      const over = h('div.over', { 'aria-hidden': 'true' })
      const box = h('p', { dir: p.dir, class: i === 0 && article.title && p.text === article.title ? 'title' : '' }, text, over)
      this.watch.observe(box)
      return { ...p, i, node, box, over, painted: null }
    })
    this.byBox = new Map(this.lines.map((l) => [l.box, l]))
    this.root.append(...this.lines.map((l) => l.box), this.layer)
    this.caret = this.lines.length ? this.lines[0].start : 0
    this.anchor = null
    this.marks = []
  }

  get end() { return this.lines.length ? this.lines[this.lines.length - 1].end : 0 }

  // lineAt is the paragraph of an offset; one between two belongs to the first.
  lineAt(at) {
    let lo = 0, hi = this.lines.length - 1
    while (lo < hi) {
      const mid = (lo + hi) >> 1
      if (this.lines[mid].end < at) lo = mid + 1
      else hi = mid
    }
    return this.lines[lo]
  }

  // units is the position in the paragraph's text node.
  units(line, at) {
    const n = at - line.start
    let more = 0
    for (const a of line.astral) { if (a < n) more++; else break }
    return n + more
  }

  // points is the way back.
  points(line, units) {
    let n = units
    for (const a of line.astral) {
      if (a >= n) break
      n--
    }
    return line.start + Math.max(0, n)
  }

  // ranges are those of a span, one a paragraph that it touches.
  ranges(start, end) {
    const out = []
    if (!this.lines.length || !(start < end)) return out
    for (let i = this.lineAt(start).i; i < this.lines.length && this.lines[i].start < end; i++) {
      const line = this.lines[i]
      const from = Math.max(start, line.start), to = Math.min(end, line.end)
      if (from >= to) continue
      const r = new StaticRange({
        startContainer: line.node, startOffset: this.units(line, from),
        endContainer: line.node, endOffset: this.units(line, to),
      })
      r.line = line
      out.push(r)
    }
    return out
  }

  // live is a range that has client rects.
  live(r) {
    const range = document.createRange()
    range.setStart(r.startContainer, r.startOffset)
    range.setEnd(r.endContainer, r.endOffset)
    return range
  }

  slice(start, end) {
    return this.ranges(start, end).map((r) => r.line.node.data.slice(r.startOffset, r.endOffset)).join('\n')
  }

  // ---- moving, always in logical order ----

  bounds(line, unit) {
    if (unit === 'grapheme') return line.graphemes
    return line[unit === 'word' ? 'words' : 'sentences'].flat()
  }

  // step is the next boundary of a unit from an offset, over the ends of paragraphs.
  step(at, unit, by) {
    let line = this.lineAt(at)
    for (;;) {
      const list = this.bounds(line, unit)
      if (by > 0) {
        // after a word comes its end when selecting, else the next one's start
        const next = list.find((b) => b > at)
        if (next !== undefined) return next
        if (line.i + 1 >= this.lines.length) return line.end
        line = this.lines[line.i + 1]
        if (line.start > at) return line.start
      } else {
        const before = list.filter((b) => b < at)
        if (before.length) return before[before.length - 1]
        if (line.start < at) return line.start
        if (line.i === 0) return line.start
        line = this.lines[line.i - 1]
        return line.end
      }
    }
  }

  wordAt(at) {
    const line = this.lineAt(at)
    return line.words.find(([s, e]) => s <= at && at < e) || line.words.find(([s]) => s >= at) || line.words[line.words.length - 1] || null
  }

  // ---- caret and selection ----

  get selection() {
    if (this.anchor === null || this.anchor === this.caret) return null
    return [Math.min(this.anchor, this.caret), Math.max(this.anchor, this.caret)]
  }

  place(caret, anchor = null) {
    this.caret = Math.max(0, Math.min(caret, this.end))
    this.anchor = anchor
    this.paintSelection()
    this.onselect?.()
  }

  // takeNative makes the browser's selection ours, at the edges of graphemes.
  takeNative() {
    const s = getSelection()
    if (!s || !s.anchorNode || !this.root.contains(s.anchorNode)) return
    const from = this.fromDOM(s.anchorNode, s.anchorOffset), to = this.fromDOM(s.focusNode, s.focusOffset)
    if (from === null || to === null) return
    if (from !== to) s.removeAllRanges()
    this.place(to, from === to ? null : from)
  }

  fromDOM(node, offset) {
    let line = this.lines.find((l) => l.node === node)
    if (line) return this.snap(line, this.points(line, offset))
    line = this.lines.find((l) => l.box.contains(node))
    if (line) return line.box === node && offset > 0 ? line.end : line.start
    return node === this.root ? (this.lines[offset]?.start ?? this.end) : null
  }

  snap(line, at) {
    let best = line.start
    for (const g of line.graphemes) {
      if (g <= at) best = g
      else break
    }
    return best
  }

  clicked(e) {
    const chip = e.target.closest?.('.chip')
    if (chip) { this.onmark?.(chip.dataset.key, e); return }
  }

  // ---- painting ----

  // setMarks takes all marks: {key, kind, tone, start, end, parts, chip, hint, level}.
  setMarks(marks) {
    this.marks = marks
    layout(marks)
    const tones = new Map()
    for (const m of marks) {
      if (!tones.has(m.tone)) tones.set(m.tone, [])
      for (const [s, e] of m.parts) tones.get(m.tone).push(...this.ranges(s, e))
    }
    for (const name of [...CSS.highlights.keys()]) if (name.startsWith('tone-') && !tones.has(name.slice(5))) CSS.highlights.delete(name)
    for (const [tone, ranges] of tones) {
      const shown = new Highlight(...ranges)
      shown.priority = 1
      CSS.highlights.set(`tone-${tone}`, shown)
    }
    this.byLine = new Map()
    for (const m of marks) {
      for (const r of m.parts.flatMap(([s, e]) => this.ranges(s, e))) {
        if (!this.byLine.has(r.line.i)) this.byLine.set(r.line.i, new Set())
        this.byLine.get(r.line.i).add(m)
      }
    }
    this.paintLines()
    this.paintSelection()
  }

  setFocus(mark, head) {
    const put = (name, spans, priority) => {
      const shown = new Highlight(...spans.flatMap(([s, e]) => this.ranges(s, e)))
      shown.priority = priority
      CSS.highlights.set(name, shown)
    }
    put('focus', mark ? mark.parts : [], 2)
    put('part', head ? [head] : [], 3)
    const was = this.root.querySelector('.chip[aria-current]')
    was?.removeAttribute('aria-current')
    if (mark) this.root.querySelector(`.chip[data-key="${CSS.escape(mark.key)}"]`)?.setAttribute('aria-current', 'true')
    this.focus = mark
  }

  paintSelection() {
    const s = this.selection
    const shown = new Highlight(...(s ? this.ranges(...s) : []))
    shown.priority = 4
    CSS.highlights.set('chosen', shown)
    this.paintCaret()
  }

  paintCaret() {
    this.bar ??= h('div.caret', { 'aria-hidden': 'true' })
    const line = this.lineAt(this.caret)
    if (!line) return
    const r = document.createRange()
    const at = this.units(line, this.caret)
    const back = this.caret > line.start && this.caret === line.end
    if (line.node.data.length) {
      const next = back ? at : this.units(line, this.step(this.caret, 'grapheme', 1))
      const from = back ? this.units(line, this.step(this.caret, 'grapheme', -1)) : at
      r.setStart(line.node, Math.min(from, next))
      r.setEnd(line.node, Math.max(from, next))
    } else {
      r.selectNodeContents(line.box)
    }
    const rect = [...r.getClientRects()].pop()
    const box = line.box.getBoundingClientRect()
    if (!rect) return
    const rtl = line.dir === 'rtl'
    if (back) this.bar.style.left = `${(rtl ? rect.left : rect.right) - box.left - 1}px`
    else this.bar.style.left = `${(rtl ? rect.right : rect.left) - box.left - 1}px`
    this.bar.style.top = `${rect.top - box.top - 2}px`
    this.bar.style.height = `${rect.height + 4}px`
    if (this.bar.parentNode !== line.box) line.box.append(this.bar)
  }

  reveal(at) {
    const r = this.ranges(at, Math.min(at + 1, this.end))[0]
    if (!r) return
    const rect = this.live(r).getBoundingClientRect()
    const top = document.querySelector('header').getBoundingClientRect().bottom + 40
    if (rect.top < top || rect.bottom > innerHeight - 60) r.line.box.scrollIntoView({ block: 'nearest' })
    const now = this.live(r).getBoundingClientRect()
    if (now.top < top) scrollBy(0, now.top - top)
    else if (now.bottom > innerHeight - 60) scrollBy(0, now.bottom - innerHeight + 60)
  }

  scrolled(list) {
    for (const e of list) {
      const line = this.byBox.get(e.target)
      if (e.isIntersecting) this.seen.add(line)
      else this.seen.delete(line)
    }
    this.paintLines()
  }

  repaint() {
    for (const l of this.lines) l.painted = null
    this.paintLines()
    if (this.lines.length) this.paintCaret()
    this.onpaint?.()
  }

  paintLines() {
    for (const line of this.seen) this.paintLine(line)
  }

  // paintLine draws the lines below the text and the chips above it, of one paragraph
  // that is on the screen, if they are not there already.
  paintLine(line) {
    const marks = [...(this.byLine?.get(line.i) || [])]
    const said = marks.map((m) => [m.key, m.tone, m.chip, m.row, m.parts.join()].join()).join(';')
    if (line.painted === said) return
    line.painted = said
    const box = line.box.getBoundingClientRect()
    const out = []
    const taken = [] // chips by line of text
    for (const m of marks.sort((a, b) => a.start - b.start || b.end - a.end)) {
      let first = true
      for (const r of m.parts.flatMap(([s, e]) => this.ranges(s, e))) {
        if (r.line !== line) continue
        for (const rect of rows(this.live(r).getClientRects())) {
          const bar = h(`div.bar.${m.kind}.tone-${m.tone}`)
          bar.style.left = `${rect.left - box.left}px`
          bar.style.top = `${rect.bottom - box.top + 1 + 4 * Math.min(m.row, 3)}px`
          bar.style.width = `${rect.right - rect.left}px`
          out.push(bar)
          if (!first || line.start > m.start) { first = false; continue }
          first = false
          const chip = h(`button.chip.${m.kind}.tone-${m.tone}`, { type: 'button', tabindex: '-1', title: m.hint, 'data-key': m.key }, m.chip)
          if (this.focus?.key === m.key) chip.setAttribute('aria-current', 'true')
          let x = line.dir === 'rtl' ? box.right - rect.right : rect.left - box.left
          const width = 7 + 6.2 * m.chip.length
          const y = rect.top - box.top - 11
          for (const t of taken) if (Math.abs(t.y - y) < 8 && x < t.to && x + width > t.from) x = t.to + 1
          taken.push({ y, from: x, to: x + width })
          chip.style[line.dir === 'rtl' ? 'right' : 'left'] = `${x}px`
          chip.style.top = `${y}px`
          out.push(chip)
        }
      }
    }
    line.over.replaceChildren(...out)
  }

  // paintArcs draws lines from events to what fills their roles.
  paintArcs(arcs) {
    this.layer.replaceChildren()
    const base = this.root.getBoundingClientRect()
    const middle = ([s, e]) => {
      const r = this.ranges(s, e)[0]
      const rect = r && rows(this.live(r).getClientRects())[0]
      return rect && { x: (rect.left + rect.right) / 2 - base.left, y: rect.top - base.top }
    }
    for (const a of arcs) {
      const from = middle(a.from), to = middle(a.to)
      if (!from || !to) continue
      const rise = Math.min(46, 16 + Math.abs(from.x - to.x) / 9)
      const top = Math.min(from.y, to.y) - rise
      this.layer.append(svg('path', { d: `M${from.x},${from.y} C${from.x},${top} ${to.x},${top} ${to.x},${to.y}`, class: 'arc' }))
      this.layer.append(svg('circle', { cx: to.x, cy: to.y, r: 2.5, class: 'tip' }))
      const label = svg('text', { x: (from.x + to.x) / 2, y: top + rise * .22, class: 'role', 'text-anchor': 'middle' })
      label.textContent = a.role
      this.layer.append(label)
    }
  }
}

// rows joins the rects of one line of text: a range has several where directions mix.
function rows(list) {
  const out = []
  for (const r of list) {
    if (!r.width) continue
    const same = out.find((o) => Math.abs(o.top - r.top) < r.height / 2 && r.left <= o.right + 1 && r.right >= o.left - 1)
    if (same) {
      same.left = Math.min(same.left, r.left)
      same.right = Math.max(same.right, r.right)
      same.bottom = Math.max(same.bottom, r.bottom)
    } else {
      out.push({ left: r.left, right: r.right, top: r.top, bottom: r.bottom, height: r.height })
    }
  }
  return out
}

// layout gives each mark the row of its line below the text: inner marks are nearer.
// Regions lie below all.
function layout(marks) {
  const labels = marks.filter((m) => m.kind !== 'region').sort((a, b) => a.start - b.start)
  const longest = labels.reduce((n, m) => Math.max(n, m.end - m.start), 0)
  for (const m of marks) m.row = m.kind === 'region' ? 3 : undefined
  const from = (at) => {
    let lo = 0, hi = labels.length
    while (lo < hi) {
      const mid = (lo + hi) >> 1
      if (labels[mid].start < at) lo = mid + 1
      else hi = mid
    }
    return lo
  }
  for (const m of [...labels].sort((a, b) => (a.end - a.start) - (b.end - b.start) || a.start - b.start)) {
    const used = new Set()
    for (let i = from(m.start - longest); i < labels.length && labels[i].start < m.end; i++) {
      if (labels[i].end > m.start && labels[i].row !== undefined) used.add(labels[i].row)
    }
    let row = 0
    while (used.has(row)) row++
    m.row = row
  }
}
