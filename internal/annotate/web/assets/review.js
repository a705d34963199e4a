// Review: what two passes say differently of an article, group by group; one side or a
// third answer is taken, with its reason.
import * as api from './api.js'
import { h, foreign, kbd } from './dom.js'

export const reviewing = { start: null, opened: null, key: null }

reviewing.start = ({ state, pane, notice, failed, show, ask, say }) => {
  let groups = [], at = 0, agreement = null
  const root = h('section', { id: 'review', 'aria-label': 'differences' })
  document.querySelector('main').prepend(root)

  const words = (side) => {
    if (!side) return 'nothing'
    if (typeof side === 'string') return side
    const { text, type, start, end } = side
    return [text || (start !== undefined ? pane.slice(start, end) : ''), type, side.role, side.actor_id, side.hopper_id].filter(Boolean).join(' · ')
  }
  const decide = async (side) => {
    const g = groups[at]
    if (!g) return
    let value
    if (side === 'third') {
      const s = pane.selection
      if (s) value = { start: s[0], end: s[1] }
    }
    const reason = await ask(`Why ${side === 'third' ? 'neither' : side.toUpperCase()}?`, g.decided?.reason || '', 'kept in ADJUDICATION.md')
    if (reason === null) return
    try {
      take(await api.decide({ article: state.article.id, rev: state.article.rev, group: g.id, side, value, reason }))
      show(await api.article(state.article.id))
      move(1)
    } catch (e) { failed(e) }
  }
  const move = (by) => {
    if (!groups.length) return
    at = (at + by + groups.length) % groups.length
    const g = groups[at]
    if (g.start !== undefined) { pane.place(g.end, g.start); pane.reveal(g.start) }
    say(`${g.kind}: ${words(g.a)}, or ${words(g.b)}`)
    draw()
  }
  const draw = () => {
    const open = groups.filter((g) => !g.decided).length
    const g = groups[at]
    const [a, b] = state.session.review
    const share = (v) => (typeof v === 'number' ? v.toFixed(3) : '–')
    root.replaceChildren(h('h2', null, groups.length ? `${open} of ${groups.length} differences to settle` : 'No differences',
      agreement ? h('span.note', null, ` · agreement ${share(agreement.before)} before, ${share(agreement.after)} after`) : null))
    if (!g) return
    const side = (name, letter, value, key) => h('button.side', { type: 'button', 'aria-pressed': String(g.decided?.side === key), onclick: () => decide(key) }, kbd(letter), ' ', foreign(name, 'b'), ' ', foreign(words(value), 'span'))
    root.append(h('p', null, h('b', null, g.kind), ` ${at + 1} of ${groups.length} `, h('button', { type: 'button', onclick: () => move(-1), 'aria-label': 'previous difference' }, '‹'), h('button', { type: 'button', onclick: () => move(1), 'aria-label': 'next difference' }, '›')),
      h('div.sides', null, side(a, 'A', g.a, 'a'), side(b, 'B', g.b, 'b'), side('neither', 'C', g.decided?.side === 'third' ? g.decided.value : 'a third answer: select it first', 'third')),
      g.decided ? h('p.note', null, 'settled: ', foreign(g.decided.reason || '')) : null)
  }
  const take = (r) => { groups = r.groups; agreement = r.agreement; at = Math.min(at, Math.max(0, groups.length - 1)); draw() }
  reviewing.opened = async (article) => {
    try {
      take(await api.review(article.id))
      at = Math.max(0, groups.findIndex((g) => !g.decided))
      if (groups.length) move(0)
    } catch (e) { notice(e.message) }
  }
  reviewing.key = (e) => {
    const side = !e.ctrlKey && !e.metaKey && !e.altKey && { KeyA: 'a', KeyB: 'b', KeyC: 'third' }[e.code]
    if (side) decide(side)
    else if (e.code === 'KeyN') move(1)
    else if (e.code === 'KeyP') move(-1)
    else return false
    e.preventDefault()
    return true
  }
}
