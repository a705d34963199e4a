// Review: what two passes say differently of an article, group by group; one side or a
// third answer is taken, with its reason.
import * as api from './api.js'
import { h, foreign, kbd } from './dom.js'

export const reviewing = { start: null, opened: null, key: null }

reviewing.start = ({ state, pane, notice, failed, show, ask, say }) => {
  let groups = [], at = 0, agreement = null
  const root = h('section', { id: 'review', 'aria-label': 'differences' })
  document.querySelector('main').prepend(root)

  // words is what one side says: of an item that only one has, the item.
  const words = (g, side) => {
    if (!side.has) return g.kind === 'argument' ? 'none' : 'not labelled'
    if (g.kind === 'missed') return [side.row.text, side.row.type, side.row.actor_id].filter(Boolean).join(' · ')
    return side.value || 'nothing'
  }
  // settledRow is the label as it is settled now, null where there is none.
  const settledRow = (g) => (g.of === 'mention' ? state.article.mentions : state.article.events)
    .find((x) => (g.of === 'mention' ? x.mention_id : x.event_id) === g.gold) || null
  const decide = async (side) => {
    const g = groups[at]
    if (!g || state.session.readonly) return
    let value
    if (side === 'third') {
      const s = pane.selection
      value = s && (s[0] !== g.start || s[1] !== g.end) ? { start: s[0], end: s[1] } : settledRow(g)
    }
    const reason = await ask(`Why ${side === 'third' ? 'neither' : side.toUpperCase()}?`, g.decided?.reason || '', 'kept in ADJUDICATION.md')
    if (reason === null) return
    try {
      const seconds = (performance.now() - state.since) / 1000
      take(await api.decide({ article: state.article.id, rev: state.article.rev, group: g.id, side, value, reason, seconds }))
      state.since = performance.now()
      move(1)
    } catch (e) { failed(e) }
  }
  const move = (by) => {
    if (!groups.length) return
    at = (at + by + groups.length) % groups.length
    const g = groups[at]
    if (g.start !== undefined) { pane.place(g.end, g.start); pane.reveal(g.start) }
    say(`${g.what}: ${words(g, g.a)}, or ${words(g, g.b)}`)
    draw()
  }
  const draw = () => {
    const open = groups.filter((g) => !g.decided).length
    const g = groups[at]
    const [a, b] = state.session.review
    const share = (list, i) => (typeof list[i]?.f1 === 'number' ? list[i].f1.toFixed(3) : '–')
    root.replaceChildren(h('h2', null, groups.length ? `${open} of ${groups.length} differences to settle` : 'No differences'),
      agreement ? h('details', null, h('summary', null, `Agreement ${share(agreement.before, 0)}`), h('table', null,
        h('tr', null, h('th', null, 'F1'), h('th', null, foreign(a), ' – ', foreign(b)), h('th', null, foreign(a), ' – settled'), h('th', null, foreign(b), ' – settled')),
        agreement.before.map((f, i) => h('tr', null, h('th', null, f.name), [agreement.before, agreement.after_a, agreement.after_b].map((list) => h('td', null, share(list, i))))))) : '')
    if (!g) return
    const side = (name, letter, value, key) => h('button.side', { type: 'button', 'aria-pressed': String(g.decided?.side === key), onclick: () => decide(key) }, kbd(letter), ' ', foreign(name, 'b'), ' ', foreign(value, 'span'))
    root.append(h('p', null, foreign(g.what, 'b'), ` · ${at + 1} of ${groups.length} `, h('button', { type: 'button', onclick: () => move(-1), 'aria-label': 'previous difference' }, '‹'), h('button', { type: 'button', onclick: () => move(1), 'aria-label': 'next difference' }, '›')),
      h('div.sides', null, side(a, 'A', words(g, g.a), 'a'), side(b, 'B', words(g, g.b), 'b'), side('neither', 'C', g.decided?.side === 'third' ? g.decided.value : 'a third answer: select it, or label it as it should be', 'third')),
      g.decided ? h('p.note', null, 'settled: ', foreign(g.decided.reason || '')) : '')
  }
  const take = (r) => {
    if (r.article.rev !== state.article.rev) show(r.article)
    groups = r.groups
    agreement = r.agreement
    at = Math.min(at, Math.max(0, groups.length - 1))
    draw()
  }
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
