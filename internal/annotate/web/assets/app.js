// The page of dataset annotate: what a person does becomes actions that the program
// does and saves; what is shown is what it answers.
import * as api from './api.js'
import { h, foreign, kbd, say } from './dom.js'
import { TextPane } from './text.js'
import { command, table } from './keys.js'
import { pick, ask, choosing, offer } from './pick.js'
import { marksOf, arcsOf, keyOf, lettersOf } from './marks.js'
import { drawPanel } from './panel.js'
import { labelling } from './label.js'
import { reviewing } from './review.js'

const $ = (id) => document.getElementById(id)

export const state = {
  session: null,
  article: null, // as the program has it
  shown: '', // whose labels are drawn: '' for one's own, else the name of a pass
  focus: null, // key of the label that is taken
  arcs: false,
  since: performance.now(), // when the last action ended
  span: null, // what the program says of the selection
}

const pane = new TextPane($('text'), { onselect: selected, onmark: clickedMark })
pane.onpaint = drawArcs
export { pane }

// ---- what is drawn ----

const labels = () => {
  const other = state.shown && state.article.others?.passes.find((p) => p.name === state.shown)
  return other ? { ...other, unlabelled: [] } : state.article
}

export function focused() {
  return state.focus ? pane.marks.find((m) => m.key === state.focus) || null : null
}

export const canChange = () => !state.session.readonly && !state.shown && !state.article?.problem

function draw() {
  pane.setMarks(marksOf(labels(), state.tones))
  focusOn(state.focus, false)
  drawArcs()
  drawHead()
  const a = state.article
  $('undo').disabled = !a.undo || !canChange()
  $('redo').disabled = !a.redo || !canChange()
  $('undo').title = a.undo_why || ''
  $('redo').title = a.redo_why || ''
  if (a.unwritten) notice(`${a.unwritten}: the journal has everything; the file is written as soon as it can be`)
  else if (a.problem) conflict(a.problem)
  else notice('')
}

function drawArcs() {
  if (!state.article) return
  const own = labels()
  const m = focused()
  const events = state.arcs ? own.events : (m?.kind === 'event' ? [m.item] : [])
  pane.paintArcs(arcsOf(own, events))
}

const count = (n, word) => `${n} ${word}${n === 1 ? '' : 's'}`

function drawHead() {
  const a = state.article
  const passes = a.others?.passes || []
  const done = a.state === 'done'
  $('head').replaceChildren(...[
    h('p.about', null, foreign(a.id), a.date ? h('span', null, ' · ', a.date) : null, h('span', null, ` · ${count(a.mentions.length, 'mention')}, ${count(a.events.length, 'event')}`)),
    passes.length ? h('p.others', { role: 'group', 'aria-label': 'whose labels' },
      ['', ...passes.map((p) => p.name)].map((name) => h('button', { type: 'button', 'aria-pressed': String(state.shown === name), onclick: () => { state.shown = name; state.focus = null; draw() } },
        name || (state.session.readonly ? 'labels' : 'mine')))) : null,
    state.session.readonly ? null : h('button.done', { type: 'button', 'aria-pressed': String(done), onclick: () => run({ name: 'done' }) }, done ? 'Done ✓' : 'Done?', ' ', kbd('T')),
  ].filter(Boolean))
}

function drawList() {
  const s = state.session
  const done = s.articles.filter((a) => a.state === 'done').length
  $('list').replaceChildren(
    h('h2', null, count(s.articles.length, 'article'), h('span.note', null, s.readonly ? '' : ` · ${done} done`)),
    h('ol', null, s.articles.map((a) => h('li', null, h('a', {
      href: `#${encodeURIComponent(a.id)}`, 'aria-current': a.id === state.article?.id ? 'page' : null, title: a.id,
    }, h(`span.state.${a.state}`, { 'aria-hidden': 'true' }, { done: '●', draft: '◐', new: '○' }[a.state]),
    h('span', null, h('span.unseen', null, `${a.state}: `), foreign(a.title || a.id, 'span')), h('span.note', null, a.mentions ? String(a.mentions) : ''))))))
}

export function notice(text, ...more) {
  const box = $('notice')
  box.hidden = !text
  box.replaceChildren(...(text ? [text, ...more] : []))
}

function conflict(problem) {
  const take = async (which) => { show(await api.settle(state.article.id, which)); saved('settled') }
  notice(problem.text + ' ',
    problem.mine ? h('button', { type: 'button', onclick: () => take('mine') }, 'Take mine') : '',
    problem.theirs ? h('button', { type: 'button', onclick: () => take('theirs') }, 'Take theirs') : '')
}

let saves = 0
function saved(text) {
  $('saved').textContent = text
  if (text.startsWith('saved')) document.body.dataset.saves = ++saves
}

// ---- articles ----

export async function openArticle(id) {
  const a = await api.article(id)
  if (state.article?.id !== id) { state.focus = null; state.event = state.mention = null; state.shown = '' }
  state.article = a
  state.since = performance.now()
  pane.show(a)
  drawList()
  draw()
  panel()
  say(`${a.title || a.id}, ${a.mentions.length} mentions, ${a.events.length} events`)
  reviewing.opened?.(a)
}

// show takes an article after an action; a text stays as it is.
export function show(a) {
  if (!a.paragraphs) a.paragraphs = state.article.paragraphs
  state.article = a
  for (const actor of a.actors || []) {
    const at = state.session.actors.findIndex((x) => x.actor_id === actor.actor_id)
    if (at < 0) state.session.actors.push(actor)
    else state.session.actors[at] = actor
  }
  const line = state.session.articles.find((x) => x.id === a.id)
  if (line) Object.assign(line, { state: a.state, mentions: a.mentions.length, events: a.events.length })
  drawList()
  draw()
  panel()
}

// act does actions; it gives the answer, or null where the program refused.
export async function act(todo, why) {
  if (!canChange()) {
    notice(state.session.readonly ? 'These labels are open for reading only.' : 'Your own labels can be changed; these are somebody else’s.')
    return null
  }
  const seconds = (performance.now() - state.since) / 1000
  saved('saving …')
  try {
    const answer = await api.act({ article: state.article.id, rev: state.article.rev, do: todo, why, seconds })
    state.since = performance.now()
    saved(answer.saved ? `saved: ${why}` : '')
    show(answer)
    return answer
  } catch (e) {
    failed(e)
    return null
  }
}

export function failed(e) {
  saved(e.status === 0 ? 'not saved' : '')
  if (e.article) { e.article.paragraphs ??= state.article.paragraphs; show(e.article) }
  notice(`${e.message}${e.hint ? ` — ${e.hint}` : ''}`)
}

const back = async (which) => {
  if (!canChange()) return
  try {
    const why = state.article[`${which}_why`]
    show(await api[which](state.article.id, state.article.rev))
    saved(`saved: ${which} ${why}`)
  } catch (e) { failed(e) }
}

// ---- focus and selection ----

export function focusOn(key, reveal = true) {
  state.focus = key
  const m = focused()
  if (!m) state.focus = null
  if (m?.kind === 'event') state.event = key
  if (m?.kind === 'mention') state.mention = key
  const head = m?.kind === 'mention' && m.item.head_start !== undefined && !(m.item.head_start === m.start && m.item.head_end === m.end) ? [m.item.head_start, m.item.head_end] : null
  pane.setFocus(m, head)
  if (m && reveal) {
    pane.place(m.start)
    pane.reveal(m.start)
    say(`${m.hint}: ${pane.slice(m.start, m.end)}`)
  }
  drawArcs()
}

export function takeMark(key) {
  focusOn(key)
  panel()
}

function clickedMark(key, e) {
  const m = pane.marks.find((x) => x.key === key)
  if (choosing()) { offer(m); return }
  e?.stopPropagation()
  takeMark(key)
  pane.root.focus({ preventScroll: true })
}

let asking = 0
function selected() {
  const s = pane.selection
  state.span = null
  if (!s) { panel(); return }
  panel()
  const mine = ++asking
  api.span(state.article.id, ...s).then((x) => {
    if (mine !== asking || !pane.selection) return
    state.span = x
    panel()
  }).catch(() => {})
}

let panelDue = false
export function panel() {
  if (panelDue) return
  panelDue = true
  requestAnimationFrame(() => { panelDue = false; if (state.article) drawPanel($('panel'), state, pane) })
}

$('text').addEventListener('click', (e) => {
  if (e.target.closest('.chip') || pane.selection) return
  const inside = pane.marks.filter((m) => m.parts.some(([s, t]) => s <= pane.caret && pane.caret <= t)).sort((a, b) => (a.end - a.start) - (b.end - b.start))
  if (choosing()) { if (inside.length) offer(inside[0]); return }
  const again = inside.findIndex((m) => m.key === state.focus)
  const next = inside[again + 1] || inside[0]
  const caret = pane.caret
  focusOn(next?.key || null, false)
  pane.place(caret)
  panel()
})

// ---- keys ----

const doing = labelling({ state, pane, act, focused, takeMark, pick, ask, notice, panel, say })
export const run = (c) => commands[c.name]?.(c)

const commands = {
  ...doing,
  move({ side, by, unit, extend }) {
    const line = pane.lineAt(pane.caret)
    const way = side && line.dir === 'rtl' ? -by : by
    const at = pane.step(pane.caret, unit, way)
    pane.place(at, extend ? (pane.anchor ?? pane.caret) : null)
    if (!extend && state.focus) { focusOn(null); pane.place(at) }
    pane.reveal(at)
  },
  home({ extend }) { pane.place(pane.lineAt(pane.caret).start, extend ? (pane.anchor ?? pane.caret) : null) },
  end({ extend }) { pane.place(pane.lineAt(pane.caret).end, extend ? (pane.anchor ?? pane.caret) : null) },
  next() { walk(1) },
  previous() { walk(-1) },
  take() {
    const inside = pane.marks.filter((m) => m.parts.some(([s, t]) => s <= pane.caret && pane.caret <= t)).sort((a, b) => (a.end - a.start) - (b.end - b.start))
    const at = inside.findIndex((m) => m.key === state.focus)
    const m = inside[at + 1] || inside[0]
    if (m) { const caret = pane.caret; focusOn(m.key, false); pane.place(caret); panel(); say(m.hint) }
  },
  nothing() { pane.place(pane.caret); focusOn(null, false); panel() },
  nextArticle() { go(1) },
  previousArticle() { go(-1) },
  undo() { return back('undo') },
  redo() { return back('redo') },
  arcs() {
    state.arcs = !state.arcs
    $('arcs').setAttribute('aria-pressed', String(state.arcs))
    drawArcs()
  },
  help() {
    const d = h('dialog.keys', { 'aria-label': 'Keys' }, h('h2', null, 'Keys'),
      h('div.columns', null, table.map(([title, rows]) => h('section', null, h('h3', null, title), h('dl', null, rows.map(([k, what]) => [h('dt', null, k.split(' ').map((x) => kbd(x))), h('dd', null, what)]))))),
      h('h3', null, 'Types'), h('dl', null, state.session.ontology.types.map((t, i) => [h('dt', null, kbd(String(i + 1)), ' ', t.name), h('dd', null, t.gloss)])),
      state.session.ontology.roles.length ? [h('h3', null, 'Roles, after A'), h('dl', null, state.session.ontology.roles.map((r) => [h('dt', null, kbd(state.letters.get(r.name)), ' ', r.name), h('dd', null, r.gloss)]))] : null,
      h('form', { method: 'dialog' }, h('button', null, 'Close')))
    d.addEventListener('close', () => d.remove())
    document.body.append(d)
    d.showModal()
  },
  lookAt({ start, end }) { pane.place(end, start); pane.reveal(start) },
  async judge({ id, verdict }) {
    try { show(await api.judge({ article: state.article.id, rev: state.article.rev, id, verdict })); saved(`saved: ${verdict}`) } catch (e) { failed(e) }
  },
  others() {
    const names = ['', ...(state.article.others?.passes.map((p) => p.name) || [])]
    if (names.length < 2) { notice('Labels of others are shown once your own pass of this article is done (T).'); return }
    state.shown = names[(names.indexOf(state.shown) + 1) % names.length]
    state.focus = null
    draw()
    panel()
  },
  finding() {
    const list = state.article.findings
    if (!list.length) { say('no findings'); return }
    state.finding = ((state.finding ?? -1) + 1) % list.length
    const f = list[state.finding]
    const key = keyOf(f.where.kind, f.where.id)
    if (pane.marks.some((m) => m.key === key)) takeMark(key)
    else { pane.place(f.where.start || 0); pane.reveal(f.where.start || 0) }
    say(`${f.level}: ${f.text}`)
  },
  fix() {
    const f = state.article.findings[state.finding ?? 0]
    if (f?.fix) return act(f.fix, `fix: ${f.code}`)
    say('nothing is proposed here')
  },
}

function walk(by) {
  const list = pane.marks
  if (!list.length) return
  const at = list.findIndex((m) => m.key === state.focus)
  let next
  if (at >= 0) next = list[(at + by + list.length) % list.length]
  else next = by > 0 ? list.find((m) => m.start >= pane.caret) || list[0] : [...list].reverse().find((m) => m.start < pane.caret) || list[list.length - 1]
  takeMark(next.key)
}

function go(by) {
  const list = state.session.articles
  const at = list.findIndex((a) => a.id === state.article.id)
  location.hash = encodeURIComponent(list[(at + by + list.length) % list.length].id)
}

document.addEventListener('keydown', (e) => {
  if (e.isComposing || !state.article) return
  const t = e.target
  if (t.closest?.('dialog') || /^(INPUT|TEXTAREA|SELECT)$/.test(t.tagName)) return
  if (/^(BUTTON|A|SUMMARY)$/.test(t.tagName) && (e.key === 'Enter' || e.key === ' ')) return
  if (reviewing.key?.(e)) return
  const c = command(e)
  if (!c || !commands[c.name]) return
  e.preventDefault()
  run(c)
})

for (const id of ['undo', 'redo', 'arcs', 'help']) $(id).addEventListener('click', () => run({ name: id }))
$('toggle-list').addEventListener('click', () => {
  const on = document.body.classList.toggle('with-list')
  $('toggle-list').setAttribute('aria-expanded', String(on))
})
addEventListener('hashchange', () => openArticle(decodeURIComponent(location.hash.slice(1))).catch(failed))
addEventListener('beforeunload', () => news?.close())

// ---- start ----

let news
async function start() {
  const s = state.session = await api.session()
  state.tones = new Map(s.ontology.types.map((t, i) => [t.name, i % 8]))
  state.letters = lettersOf(s.ontology.roles)
  document.title = `${s.title} – dataset annotate`
  $('work').textContent = s.title
  $('who').replaceChildren(...(s.readonly ? ['to read; nothing is changed'] : s.pass ? ['pass ', foreign(s.pass, 'b')] : ['labels']))
  for (const tool of ['undo', 'redo']) $(tool).hidden = s.readonly
  $('hint').replaceChildren(...(s.readonly ? [kbd('N'), ' next label · ', kbd('V'), ' arcs · ', kbd('B'), ' labels of the passes · ', kbd('?'), ' all keys']
    : [kbd('W'), ' select the word · ', ...s.ontology.types.slice(0, 5).flatMap((t, i) => [kbd(String(i + 1)), ` ${t.name} `]), '· ', kbd('E'), ' event · ', kbd('N'), ' next label · ', kbd('?'), ' all keys']))
  if (s.mode === 'review') reviewing.start({ state, pane, notice, failed, focusOn, show, ask, say })
  const first = decodeURIComponent(location.hash.slice(1)) || (s.articles.find((a) => a.state !== 'done') || s.articles[0])?.id
  if (!first) { notice('There are no articles.'); return }
  await openArticle(first)
  for (const n of s.notes) notice(n)
  news = api.news(async (id, rev) => {
    const line = state.session.articles.find((a) => a.id === id)
    if (id === state.article.id && rev !== state.article.rev) {
      const a = await api.article(id)
      if (a.rev !== state.article.rev || a.problem) { show(a); say('changed elsewhere') }
    } else if (line) {
      const fresh = await api.session()
      state.session.articles = fresh.articles
      state.session.actors = fresh.actors
      drawList()
    }
  })
  $('text').focus({ preventScroll: true })
}

globalThis.annotate = { state, pane, run } // for tests, and for who looks into the page
start().catch(failed)
