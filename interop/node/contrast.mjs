// lowContrast runs inside a page and lists the visible texts whose contrast
// with what lies behind them is below the limit (WCAG 2.2, 1.4.3). SVG text is
// measured by its fill.
export function lowContrast(limit) {
  const parse = c => {
    const n = c.match(/[\d.]+/g).map(Number)
    return { r: n[0], g: n[1], b: n[2], a: n[3] ?? 1 }
  }
  const over = (top, below) => ({
    r: top.r * top.a + below.r * (1 - top.a), g: top.g * top.a + below.g * (1 - top.a), b: top.b * top.a + below.b * (1 - top.a), a: 1,
  })
  const luminance = ({ r, g, b }) => {
    const [x, y, z] = [r, g, b].map(v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    return 0.2126 * x + 0.7152 * y + 0.0722 * z
  }
  const behind = e => {
    const layers = []
    for (; e; e = e.parentElement) {
      const c = parse(getComputedStyle(e).backgroundColor)
      layers.push(c)
      if (c.a === 1) break
    }
    return layers.reverse().reduce((below, top) => over(top, below), { r: 255, g: 255, b: 255, a: 1 })
  }
  const found = new Map()
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement
    const text = walker.currentNode.data.trim()
    if (!text || !e.checkVisibility() || e.closest('script, style, .unseen, option')) continue
    const style = getComputedStyle(e)
    const ground = behind(e)
    const ink = over(parse(e.ownerSVGElement ? style.fill : style.color), ground)
    const [hi, lo] = [luminance(ink), luminance(ground)].sort((a, b) => b - a)
    const ratio = (hi + 0.05) / (lo + 0.05)
    if (ratio < limit) found.set(`${e.tagName}.${e.className.baseVal ?? e.className}`, `${ratio.toFixed(2)} ${e.tagName} ${e.className} "${text.slice(0, 30)}"`)
  }
  return [...found.values()]
}
