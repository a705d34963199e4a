// The column beside the text: the selection or the label that is taken, what lint finds
// there, and the labels of the article.
import { h, foreign, kbd } from './dom.js'
import { keyOf, fillerOf } from './marks.js'
import { run, takeMark, act, canChange, focused } from './app.js'

const button = (label, key, c, more = {}) => h('button', { type: 'button', onclick: () => run(c), ...more }, label, key ? [' ', kbd(key)] : null)

// The column has parts of its own, so that moving the caret draws nothing anew that is
// as it was.
export function drawPanel(root, state, pane) {
  if (!root.firstChild) root.append(h('div', { id: 'taken' }), h('div', { id: 'said' }), h('div', { id: 'all' }))
  const [taken, said, all] = root.children
  const m = focused(), s = pane.selection
  part(taken, [state.article, m, s?.join(), state.span, state.same, state.event], () => [
    s ? selection(state, pane, s) : null,
    m?.kind === 'mention' ? mention(state, pane, m) : m?.kind === 'event' ? event(state, pane, m)
      : m?.kind === 'region' ? h('section', null, h('h2', null, 'Not labelled'), h('p', null, 'Nobody has labelled these words: unknown, not empty. Scores leave them out.'), canChange() ? button('It is labelled', '0', { name: 'region' }) : null) : null,
  ])
  part(said, [state.article, m?.key], () => [suggestions(state), findings(state, m)])
  part(all, [state.article, pane.marks], () => [list(state, pane)])
  for (const old of all.querySelectorAll('[aria-current]')) if (old.dataset.key !== state.focus) old.removeAttribute('aria-current')
  if (state.focus) all.querySelector(`[data-key="${CSS.escape(state.focus)}"]`)?.setAttribute('aria-current', 'true')
}

// part draws a part anew if what it depends on is not the same.
function part(box, on, draw) {
  if (box.on && on.every((x, i) => x === box.on[i])) return
  box.on = on
  const active = document.activeElement?.dataset?.keep
  box.replaceChildren(...draw().filter(Boolean))
  if (active) box.querySelector(`[data-keep="${CSS.escape(active)}"]`)?.focus()
}

const glosses = (list, name) => list.find((x) => x.name === name)?.gloss || ''

function selection(state, pane, s) {
  const x = state.span
  const o = state.session.ontology
  return h('section.selection', null, h('h2', null, 'Selection'), h('p.words', null, foreign(pane.slice(...s))),
    canChange() ? [
      h('div.types', { role: 'group', 'aria-label': 'make a mention' }, o.types.map((t, i) => h(`button.tone-${state.tones.get(t.name)}`, { type: 'button', title: t.gloss, onclick: () => run({ name: 'mention', type: t.name }) }, i < 9 ? kbd(String(i + 1)) : null, ' ', t.name))),
      h('div.row', null, o.fields.events ? button('Event', 'E', { name: 'event' }) : null, roleOf(state, pane), x?.peels?.length ? button('Peel', 'X', { name: 'peel' }) : null, button('Not labelled', '0', { name: 'region' })),
    ] : null)
}

// roleOf offers a role in the event that was taken last.
function roleOf(state, pane) {
  const e = pane.marks.find((x) => x.key === state.event)
  return e && state.session.ontology.fields.roles ? h('button', { type: 'button', onclick: () => run({ name: 'argument' }) }, 'Role in ', foreign(e.item.text), ' ', kbd('A')) : null
}

// choice is a row of buttons for one of a few codes.
function choice(label, key, list, value, set, named) {
  return h('div.field', null, h('span.name', null, label, key ? [' ', kbd(key)] : null),
    h('span.choice', { role: 'group', 'aria-label': label }, list.map((c) => h('button', { type: 'button', 'aria-pressed': String(c.name === value), title: c.gloss, 'data-keep': `${named}-${c.name}`, disabled: !canChange(), onclick: () => set(c.name) }, c.name))))
}

const row = (label, key, ...what) => h('div.field', null, h('span.name', null, label, key ? [' ', kbd(key)] : null), h('span.value', null, what))

function mention(state, pane, m) {
  const o = state.session.ontology, x = m.item
  const actor = state.session.actors.find((a) => a.actor_id === x.actor_id)
  const set = (field) => (value) => run({ name: 'set', field, value })
  const same = state.same?.key === m.key ? state.same.list.length + state.same.more : 0
  return h('section.item', null, h('h2', null, 'Mention ', h('span.id', null, x.mention_id)), h('p.words', null, foreign(x.text || pane.slice(m.start, m.end))),
    choice('Type', '1–9', o.types, x.type, set('type'), 'type'), h('p.gloss', null, glosses(o.types, x.type)),
    o.fields.levels ? choice('Level', 'L', o.levels, x.level, set('level'), 'level') : null,
    row('Actor', 'Q', h('button.link', { type: 'button', disabled: !canChange(), onclick: () => run({ name: 'actor' }) }, actor ? [foreign(actor.name_en || actor.name_ar || actor.actor_id), actor.name_en && actor.name_ar ? [' ', foreign(actor.name_ar)] : null] : x.actor_id || 'none yet')),
    row('Head', 'H', foreign(x.head_start === undefined ? '–' : pane.slice(x.head_start, x.head_end))),
    h('div.field', null, h('label', null, h('input', { type: 'checkbox', checked: !!x.metonym, disabled: !canChange(), 'data-keep': 'metonym', onchange: () => run({ name: 'metonym' }) }), ' stands for something else ', kbd('M'))),
    canChange() ? h('div.row', null, roleOf(state, pane), button(same ? `Same words, ${same} more` : 'Same words', 'S', { name: 'same' }), button('Take away', 'Del', { name: 'drop' })) : null)
}

function event(state, pane, m) {
  const o = state.session.ontology, e = m.item
  const source = state.article.mentions.find((x) => x.mention_id === e.source_mention_id)
  const codes = (list) => (list?.length ? list.join(', ') : '–')
  const link = (text, c) => h('button.link', { type: 'button', disabled: !canChange(), onclick: () => run(c) }, text)
  return h('section.item', null, h('h2', null, 'Event ', h('span.id', null, e.event_id)), h('p.words', null, foreign(e.text || pane.slice(m.start, m.end))),
    row('Type', 'E', link(e.type, { name: 'event' })), h('p.gloss', null, glosses(o.event_types, e.type)),
    h('h3', null, 'Roles ', canChange() ? button('Add', 'A', { name: 'argument' }) : null),
    h('ul.roles', null, (e.arguments || []).map((a, i) => {
      const at = fillerOf(state.article, a)
      return h('li', null, h('b', { title: glosses(o.roles, a.role) }, a.role), ' ',
        h('button.link', { type: 'button', onclick: () => { if (a.mention_id) takeMark(keyOf('mention', a.mention_id)); else if (a.target_event_id) takeMark(keyOf('event', a.target_event_id)); else if (at) { pane.place(at[1], at[0]); pane.reveal(at[0]) } } }, foreign(at ? pane.slice(...at) : a.text || '?')),
        a.value ? h('span.note', null, ` ${a.value}`) : null,
        canChange() ? h('button.x', { type: 'button', 'aria-label': `take ${a.role} away`, onclick: () => run({ name: 'dropArgument', at: i }) }, '×') : null)
    })),
    o.fields.realis ? choice('Realis', 'R', o.realis, e.realis, (v) => run({ name: 'set', field: 'realis', value: v }), 'realis') : null,
    o.fields.modes ? row('Modes', 'O', link(codes(e.modes), { name: 'modes' })) : null,
    o.fields.contexts ? row('Contexts', 'C', link(codes(e.contexts), { name: 'contexts' })) : null,
    o.fields.auxiliaries ? row('Auxiliaries', 'U', link(codes(e.auxiliaries), { name: 'auxiliaries' })) : null,
    row('Happening', 'K', link(e.hopper_id || '–', { name: 'hopper' })),
    row('Part of', 'D', link(e.part_of || '–', { name: 'partOf' })), o.fields.cameo ? row('CAMEO', '⇧E', link(e.cameo || '–', { name: 'cameo' })) : null,
    row('Reported by', 'G', link(source ? foreign(source.text) : 'the author', { name: 'source' }), e.cue_start !== undefined ? [' ', foreign(`«${pane.slice(e.cue_start, e.cue_end)}»`)] : null),
    e.source_mention_id ? row('Quoted', 'J', link(e.quoted === undefined ? '–' : e.quoted ? 'yes' : 'no', { name: 'quoted' })) : null,
    canChange() ? h('div.row', null, button('Take away', 'Del', { name: 'drop' })) : null)
}

function suggestions(state) {
  const list = state.article.others?.suggestions || []
  const open = list.filter((x) => !x.verdict)
  if (!list.length) return null
  return h('section', null, h('h2', null, 'Suggestions ', h('span.note', null, `${open.length} of ${list.length} open`)), h('ul.findings', null, open.map((x) => h('li', null,
    h('button.link', { type: 'button', onclick: () => run({ name: 'lookAt', start: x.value.start, end: x.value.end }) }, foreign(x.value.text)), h('span.note', null, ` ${x.value.type}`), ' ',
    h('button', { type: 'button', onclick: () => run({ name: 'judge', id: x.id, verdict: 'accept' }) }, 'Accept'), ' ', h('button', { type: 'button', onclick: () => run({ name: 'judge', id: x.id, verdict: 'refuse' }) }, 'Refuse')))))
}

const marks = { error: '✕', question: '?', note: 'i' }

function findings(state, m) {
  const all = state.article.findings
  if (!all.length) return null
  const mine = m ? all.filter((f) => keyOf(f.where.kind, f.where.id) === m.key) : []
  const shown = mine.length ? mine : all
  return h('section', null, h('h2', null, mine.length ? 'Here' : 'Findings', ' ', h('span.note', null, mine.length ? '' : `${all.length}`), ' ', kbd('I')),
    h('ul.findings', null, shown.slice(0, 30).map((f) => h(`li.${f.level}`, null, h('span.sign', { 'aria-hidden': 'true' }, marks[f.level]), h('span.unseen', null, `${f.level}: `),
      f.where.id && f.where.kind !== 'article' ? h('button.link', { type: 'button', onclick: () => takeMark(keyOf(f.where.kind, f.where.id)) }, foreign(f.text, 'span')) : foreign(f.text, 'span'), ' ',
      f.fix && canChange() ? h('button', { type: 'button', onclick: () => act(f.fix, `fix: ${f.code}`) }, 'Fix') : null))), shown.length > 30 ? h('p.note', null, `and ${shown.length - 30} more`) : null)
}

const opened = { Actors: true, Events: true } // which lists are open

// folded is a list that is made when it is opened.
function folded(title, n, rows) {
  const body = h('ul')
  const fill = () => { if (!body.firstChild) body.append(...rows()) }
  if (opened[title]) fill()
  return h('details', { open: opened[title], ontoggle: (e) => { opened[title] = e.target.open; if (e.target.open) fill() } }, h('summary', null, `${title} ${n}`), body)
}

const most = 150 // rows of a list that are shown at once

function cut(rows, make) {
  const shown = rows.slice(0, most).map(make)
  if (rows.length > most) {
    const more = h('li', null, h('button', { type: 'button', onclick: () => { more.replaceWith(...rows.slice(most).map(make)) } }, `${rows.length - most} more`))
    shown.push(more)
  }
  return shown
}

function list(state, pane) {
  const name = (id) => { const a = state.session.actors.find((x) => x.actor_id === id); return a ? a.name_en || a.name_ar || id : id || 'no actor yet' }
  const groups = new Map()
  for (const m of pane.marks) {
    if (m.kind !== 'mention') continue
    const id = m.item.actor_id || ''
    if (!groups.has(id)) groups.set(id, [])
    groups.get(id).push(m)
  }
  const line = (m) => h('li', null, h(`button.link.tone-${m.tone}`, { type: 'button', 'data-key': m.key, onclick: () => takeMark(m.key) }, foreign(m.item.text || pane.slice(m.start, m.end))), h('span.note', null, ` ${m.item.type}`))
  const events = pane.marks.filter((m) => m.kind === 'event')
  if (!groups.size && !events.length) return state.session.readonly ? null : h('section', null, h('h2', null, 'Nothing is labelled yet'), h('p', null, 'Put the caret on a word, select with ', kbd('W'), ', and press the number of its type.'))
  const sorted = [...groups].sort((a, b) => Number(!a[0]) - Number(!b[0]) || b[1].length - a[1].length)
  return h('section', null,
    folded('Actors', groups.size, () => cut(sorted, ([id, ms]) => h('li', null, foreign(name(id), 'b'), h('span.note', null, ` ${ms.length}`), h('ul', null, cut(ms, line))))),
    events.length ? folded('Events', events.length, () => cut(events, line)) : null)
}
