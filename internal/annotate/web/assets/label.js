// What the keys and buttons do to labels. A label is put as a whole row, as it stands
// in a label file; the program checks it, gives ids and saves.
import * as api from './api.js'
import { h } from './dom.js'
import { keyOf } from './marks.js'

const idOf = (m) => (m.kind === 'mention' ? m.item.mention_id : m.item.event_id)

export function labelling({ state, pane, act, focused, takeMark, pick, ask, notice, panel, say }) {
  const put = (kind, value, why) => act([{ op: 'put', kind, value }], why)
  const fields = () => state.session.ontology.fields
  const textOf = (s, e) => pane.slice(s, e)

  // taken is the label that is taken if it is of the kind, else it says what is missing.
  const taken = (kind) => {
    const m = focused()
    if (m?.kind === kind) return m.item
    notice(kind === 'event' ? 'Take an event first: N goes to the next label, Enter takes the one at the caret.' : 'Take a mention first: N goes to the next label, Enter takes the one at the caret.')
    return null
  }
  // lastEvent is the event that is taken, or the one that was taken last.
  const lastEvent = () => {
    const m = focused()
    const e = m?.kind === 'event' ? m : pane.marks.find((x) => x.key === state.event)
    if (!e) taken('event')
    return e || null
  }
  const changed = (item, change) => {
    const value = { ...item, ...change }
    for (const k of Object.keys(value)) if (value[k] === undefined || value[k] === null || (Array.isArray(value[k]) && !value[k].length)) delete value[k]
    return value
  }
  const change = async (m, part, why) => {
    const answer = await put(m.kind, changed(m.item, part), why)
    if (answer) takeMark(m.key)
    return answer
  }

  // moved gives a label other ends; what no longer fits goes.
  const moved = async (m, start, end) => {
    const x = await api.span(state.article.id, start, end)
    const part = { start: x.start, end: x.end, text: undefined, fragments: undefined }
    if (m.kind === 'mention') {
      const { head_start: hs, head_end: he } = m.item
      const whole = hs === m.item.start && he === m.item.end
      const keep = hs !== undefined && !whole && hs >= x.start && he <= x.end
      const head = keep ? [hs, he] : x.head
      Object.assign(part, { head_start: head?.[0], head_end: head?.[1] })
    }
    return change(m, part, `${m.item.type} is ${textOf(x.start, x.end)}`)
  }

  const chosen = () => pane.selection || (notice('Select words first: W takes the word at the caret, ⇧ with arrows selects.'), null)

  async function mention(type) {
    const s = pane.selection
    const m = focused()
    if (!s && m?.kind === 'mention') return change(m, { type }, `${textOf(m.start, m.end)} is ${type}`)
    if (!s && !chosen()) return null
    const x = await api.span(state.article.id, ...s)
    if (!(x.start < x.end)) return notice('The selection has no letters.')
    const value = { start: x.start, end: x.end, type }
    if (x.head) Object.assign(value, { head_start: x.head[0], head_end: x.head[1] })
    if (fields().levels) value.level = x.level || state.session.ontology.levels[0].name
    if (x.actor && x.type === type) value.actor_id = x.actor
    const answer = await put('mention', value, `${type} ${textOf(x.start, x.end)}`)
    if (!answer) return null
    pane.anchor = null
    takeMark(keyOf('mention', answer.made[0]))
    const same = await api.span(state.article.id, x.start, x.end)
    state.same = { key: keyOf('mention', answer.made[0]), list: same.same, more: same.more }
    panel()
    return answer
  }

  async function typeOfEvent(title) {
    const types = state.session.ontology.event_types
    return pick({
      title, empty: 'no such type',
      items: (q) => types.filter((t) => !q || `${t.name} ${t.gloss}`.toLowerCase().includes(q.toLowerCase()))
        .sort((a, b) => Number(!a.name.toLowerCase().startsWith(q.toLowerCase())) - Number(!b.name.toLowerCase().startsWith(q.toLowerCase())))
        .map((t) => ({ value: t.name, label: t.name, note: t.gloss })),
    })
  }

  // several asks for any number of codes of a field of the taken event.
  const several = (field, codes, title) => async () => {
    const e = taken('event')
    if (!e) return
    const list = codes(e)
    if (!list.length) { notice(`${e.type} has no ${title}.`); return }
    const got = await pick({
      title: `${title} of ${e.text}`, many: true,
      items: (q) => list.filter((c) => !q || `${c.name} ${c.gloss}`.toLowerCase().includes(q.toLowerCase()))
        .map((c) => ({ value: c.name, label: c.name, note: c.gloss, ticked: (e[field] || []).includes(c.name) })),
    })
    if (got) await change(focused(), { [field]: got }, `${title} of ${e.text}: ${got.join(', ') || 'none'}`)
  }

  async function newActor(typed, m) {
    const arabic = /\p{Script=Arabic}/u.test(typed)
    const o = state.session.ontology
    const value = await form(`New actor for ${m.text}`, [
      ['name_en', 'English name', arabic ? '' : typed],
      ['name_ar', 'Name in the language of the text', arabic ? typed : (/\p{Script=Arabic}/u.test(m.text) ? m.text : '')],
      ['type', 'Type', m.type, o.types.map((t) => t.name)],
      fields().country ? ['country', 'Country (ISO 3166 alpha-3)', ''] : null,
      fields().sectors ? ['sector', 'Sector', '', ['', ...o.sectors.map((c) => c.name)]] : null,
    ].filter(Boolean))
    if (!value) return null
    const answer = await put('actor', value, `new actor ${value.name_en || value.name_ar}`)
    return answer?.made[0] || null
  }

  const others = (type) => state.session.actors.filter((a) => a.type === type).sort((a, b) => b.mentions - a.mentions)

  async function actor() {
    const m = taken('mention')
    if (!m) return
    const x = await api.span(state.article.id, m.start, m.end)
    const row = (a) => ({ value: a.actor_id, label: a.name_en || a.name_ar || a.actor_id, note: [a.name_en && a.name_ar, a.type, a.country, a.mentions ? `${a.mentions} mentions` : ''].filter(Boolean).join(' · ') })
    const got = await pick({
      title: `Who is ${m.text}?`, placeholder: 'name, alias or id',
      items: async (q) => {
        const list = q ? await api.actors(q) : others(m.type)
        const guess = !q && x.actor && state.session.actors.find((a) => a.actor_id === x.actor)
        const rows = [...(guess ? [guess, ...list.filter((a) => a !== guess)] : list)].slice(0, 60).map(row)
        const made = { value: { typed: q || m.text }, label: `new: ${q || m.text}`, note: 'an actor that the table does not have', foreign: true }
        const none = m.actor_id ? [{ value: { none: true }, label: 'none', note: 'take the actor away' }] : []
        return q || rows.length ? [...rows, made, ...none] : [made, ...none]
      },
    })
    if (!got) return
    const mark = focused()
    const id = got.none ? undefined : got.typed !== undefined ? await newActor(got.typed, m) : got
    if (id === null) return
    await change(mark, { actor_id: id }, `${m.text} is ${id || 'nobody of the table'}`)
  }

  async function same() {
    const m = taken('mention')
    if (!m) return
    const x = await api.span(state.article.id, m.start, m.end)
    const rows = x.same.map((p) => ({ value: p, label: p.context[1], note: `${p.context[0].slice(-30)}⟨ ${p.context[1]} ⟩${p.context[2].slice(0, 30)}  ${p.article === state.article.id ? '' : p.article}`, foreign: true, ticked: p.article === state.article.id }))
    if (!rows.length) { notice('The same words stand nowhere else without a label.'); return }
    const got = await pick({ title: `${m.text}: ${rows.length + x.more} more`, many: true, items: () => rows, empty: 'none' })
    if (!got?.length) return
    const head = m.head_start === undefined ? null : [m.head_start - m.start, m.head_end - m.start]
    const value = (p) => {
      const v = changed(m, { mention_id: undefined, text: undefined, fragments: undefined, start: p.start, end: p.end })
      if (head && p.end - p.start === m.end - m.start) Object.assign(v, { head_start: p.start + head[0], head_end: p.start + head[1] })
      else { delete v.head_start; delete v.head_end }
      return { op: 'put', kind: 'mention', value: v }
    }
    const here = got.filter((p) => p.article === state.article.id)
    const key = focused().key
    if (here.length && !(await act(here.map(value), `${m.type} ${m.text}, ${here.length} more`))) return
    for (const id of new Set(got.filter((p) => p.article !== state.article.id).map((p) => p.article))) {
      const a = await api.article(id)
      const there = got.filter((p) => p.article === id)
      await api.act({ article: id, rev: a.rev, do: there.map(value), why: `${m.type} ${m.text}, ${there.length} more`, seconds: 0 })
    }
    say(`${got.length} labelled`)
    takeMark(key)
  }

  async function argument() {
    const mark = lastEvent()
    if (!mark) return
    const e = mark.item
    const by = focused()?.kind === 'mention' && !pane.selection ? focused() : null // the mention that is taken fills it
    const role = await pick({
      title: `Role in ${e.text}`, letters: true,
      items: (q) => state.session.ontology.roles.filter((r) => !q || `${r.name} ${r.gloss}`.toLowerCase().includes(q.toLowerCase()))
        .map((r) => ({ value: r, label: r.name, note: r.gloss, letter: state.letters.get(r.name) })),
    })
    if (!role) return
    if (by && role.fills.includes('mention')) {
      await change(mark, { arguments: [...(e.arguments || []), { role: role.name, mention_id: idOf(by) }] }, `${role.name} of ${e.text}`)
      return
    }
    const s = pane.selection
    const near = (x) => Math.abs(x.start - e.start)
    const rows = []
    if (role.fills.includes('span') && s) rows.push({ value: { start: s[0], end: s[1] }, label: textOf(...s), note: 'the selection', foreign: true })
    if (role.fills.includes('mention')) rows.push(...[...state.article.mentions].sort((a, b) => near(a) - near(b)).map((m) => ({ value: { mention_id: m.mention_id }, label: m.text, note: [m.type, m.actor_id].filter(Boolean).join(' · '), foreign: true })))
    if (role.fills.includes('event')) rows.push(...state.article.events.filter((x) => x.event_id !== e.event_id).sort((a, b) => near(a) - near(b)).map((x) => ({ value: { target_event_id: x.event_id }, label: x.text, note: x.type, foreign: true })))
    if (!rows.length) { notice(`${role.name} is filled by a ${role.fills.join(' or ')}: ${role.fills.includes('span') ? 'select the words, then A' : 'label it first'}.`); return }
    const got = await pick({
      title: `${role.name} of ${e.text}`, placeholder: 'type to find, or click it in the text',
      items: (q) => rows.filter((r) => !q || `${r.label} ${r.note}`.toLowerCase().includes(q.toLowerCase())),
      accept: (x) => x && role.fills.includes(x.kind), // clicked in the text
    })
    if (!got) return
    const filler = got.kind ? (got.kind === 'mention' ? { mention_id: idOf(got) } : { target_event_id: idOf(got) }) : got
    if (role.time && filler.start !== undefined) {
      const value = await ask(`When is ${textOf(filler.start, filler.end)}?`, '', `ISO 8601, such as ${state.article.date || '2016-07-06'}; empty where the text is vague`)
      if (value === null) return
      if (value) filler.value = value
    }
    await change(mark, { arguments: [...(e.arguments || []), { role: role.name, ...filler }] }, `${role.name} of ${e.text}`)
  }

  const hopper = (field, title) => async () => {
    const e = taken('event')
    if (!e) return
    const known = new Map()
    for (const x of state.article.events) if (x.hopper_id) known.set(x.hopper_id, [...(known.get(x.hopper_id) || []), x.text])
    for (const x of await api.hoppers()) if (!known.has(x.hopper_id)) known.set(x.hopper_id, x.events.map((v) => v.text))
    const got = await pick({
      title: `${title} ${e.text}`, placeholder: 'id of a happening',
      items: (q) => [
        ...[...known].filter(([id, texts]) => !q || `${id} ${texts.join(' ')}`.includes(q)).map(([id, texts]) => ({ value: id, label: id, note: texts.join(', ') })),
        ...(q && !known.has(q) ? [{ value: q, label: `new: ${q}`, note: 'a happening of its own' }] : []),
        ...(e[field] ? [{ value: { none: true }, label: 'none' }] : []),
      ],
      empty: 'type a new id',
    })
    if (got) await change(focused(), { [field]: got.none ? undefined : got }, `${title} ${e.text}: ${got.none ? 'none' : got}`)
  }

  const cycle = (list, value) => list[(list.indexOf(value) + 1) % list.length]

  return {
    type({ n }) {
      const t = state.session.ontology.types[n - 1]
      if (t) return mention(t.name)
    },
    mention: ({ type }) => mention(type),

    word() {
      const s = pane.selection
      const line = pane.lineAt(s ? s[1] : pane.caret)
      if (!s) {
        const w = pane.wordAt(pane.caret)
        if (w) pane.place(w[1], w[0])
      } else {
        const next = line.words.find(([, e]) => e > s[1])
        if (next) pane.place(next[1], s[0])
      }
      pane.reveal(pane.caret)
    },
    wordLess() {
      const s = pane.selection
      if (!s) return
      const words = pane.lineAt(s[1]).words.filter(([ws, we]) => we < s[1] && we > s[0])
      pane.place(words.length ? words[words.length - 1][1] : s[0], words.length ? s[0] : null)
    },

    async edge({ first, out, unit }) {
      const m = focused()
      const [start, end] = pane.selection || (m ? [m.start, m.end] : [])
      if (start === undefined) return chosen()
      const at = first ? start : end
      const way = (first === out) ? -1 : 1
      let to
      if (unit === 'grapheme') to = pane.step(at, unit, way)
      else {
        const ends = pane.lines.slice(Math.max(0, pane.lineAt(at).i - 1), pane.lineAt(at).i + 2).flatMap((l) => l.words.map((w) => w[first ? 0 : 1]))
        to = way > 0 ? ends.find((x) => x > at) : [...ends].reverse().find((x) => x < at)
      }
      if (to === undefined) return
      const [s, e] = first ? [to, end] : [start, to]
      if (s >= e) return
      if (pane.selection || !m) pane.place(e, s)
      else if (m.kind !== 'region') await moved(m, s, e)
    },

    async peel() {
      const m = focused()
      const s = pane.selection || (m && [m.start, m.end])
      if (!s) return chosen()
      const x = await api.span(state.article.id, ...s)
      const to = x.peels.find((p) => p > x.start)
      if (to === undefined) { say('nothing to peel'); return }
      if (pane.selection) pane.place(x.end, to)
      else await moved(m, to, x.end)
    },

    same,
    async drop() {
      const m = focused()
      if (!m) return chosen()
      const why = `${m.kind === 'region' ? 'labelled' : 'taken away'}: ${textOf(m.start, m.end).slice(0, 40)}`
      if (m.kind === 'region') return act([{ op: 'drop', kind: 'unlabelled', id: `${m.start}-${m.end}` }], why)
      return act([{ op: 'drop', kind: m.kind, id: idOf(m) }], why)
    },
    async fragment() {
      const m = focused()
      const s = pane.selection
      if (!m || m.kind === 'region' || !s) { notice('Take a label, then select its further part.'); return }
      const x = await api.span(state.article.id, ...s)
      const parts = [...m.parts.map((p) => [...p]), [x.start, x.end]].sort((a, b) => a[0] - b[0])
      const joined = []
      for (const p of parts) {
        const last = joined[joined.length - 1]
        if (last && p[0] <= last[1]) last[1] = Math.max(last[1], p[1])
        else joined.push(p)
      }
      await change(m, { start: joined[0][0], end: joined[joined.length - 1][1], text: undefined, fragments: joined.length > 1 ? joined : undefined }, `${m.item.type} in ${joined.length} parts`)
    },
    region() {
      const s = pane.selection
      const m = focused()
      if (!s && m?.kind === 'region') return act([{ op: 'drop', kind: 'unlabelled', id: `${m.start}-${m.end}` }], 'the region is labelled')
      if (!s && !chosen()) return null
      return act([{ op: 'put', kind: 'unlabelled', value: { start: s[0], end: s[1] } }], 'a region is not labelled')
    },

    actor,
    async level() {
      const m = taken('mention')
      if (m && fields().levels) await change(focused(), { level: cycle(state.session.ontology.levels.map((l) => l.name), m.level) }, `level of ${m.text}`)
    },
    async metonym() {
      const m = taken('mention')
      if (m) await change(focused(), { metonym: m.metonym ? undefined : true }, `${m.text} is ${m.metonym ? 'no' : 'a'} metonym`)
    },
    async head() {
      const s = pane.selection
      const mark = focused() || (s && pane.marks.find((x) => x.key === state.mention))
      if (mark?.kind !== 'mention') { taken('mention'); return }
      const m = mark.item
      let head = s
      if (!s) {
        const words = pane.lineAt(m.start).words.filter(([a, b]) => b > m.start && a < m.end).map(([a, b]) => [Math.max(a, m.start), Math.min(b, m.end)])
        head = words[(words.findIndex(([a, b]) => a === m.head_start && b === m.head_end) + 1) % words.length]
      }
      if (!head) return
      if (head[0] < m.start || head[1] > m.end) { notice('The head is inside its mention.'); return }
      await change(mark, { head_start: head[0], head_end: head[1] }, `head of ${m.text} is ${textOf(...head)}`)
    },

    async event() {
      const s = pane.selection
      const m = focused()
      if (!s && m?.kind !== 'event') { chosen(); return }
      if (!fields().events) { notice('The ontology has no events.'); return }
      const type = await typeOfEvent(s ? `Event: ${textOf(...s)}` : `Type of ${m.item.text}`)
      if (!type) return
      if (!s) { await change(m, { type, modes: undefined }, `${m.item.text} is ${type}`); return }
      const x = await api.span(state.article.id, ...s)
      const value = { start: x.start, end: x.end, type }
      if (fields().realis) value.realis = state.session.ontology.realis[0].name
      const answer = await put('event', value, `${type} ${textOf(x.start, x.end)}`)
      if (!answer) return
      pane.anchor = null
      takeMark(keyOf('event', answer.made[0]))
    },
    argument,
    async dropArgument({ at }) {
      const e = taken('event')
      if (!e) return
      const list = e.arguments.filter((_, i) => i !== at)
      await change(focused(), { arguments: list }, `${e.arguments[at].role} of ${e.text} taken away`)
    },
    async realis() {
      const e = taken('event')
      if (e && fields().realis) await change(focused(), { realis: cycle(state.session.ontology.realis.map((r) => r.name), e.realis) }, `realis of ${e.text}`)
    },
    modes: several('modes', (e) => state.session.ontology.event_types.find((t) => t.name === e.type)?.modes || [], 'modes'),
    contexts: several('contexts', () => state.session.ontology.contexts, 'contexts'),
    auxiliaries: several('auxiliaries', () => state.session.ontology.auxiliaries, 'auxiliaries'),
    hopper: hopper('hopper_id', 'the happening of'),
    partOf: hopper('part_of', 'what is part of:'),
    async cameo() {
      const e = taken('event')
      if (!e || !fields().cameo) return
      const code = await ask(`CAMEO code of ${e.text}`, e.cameo || '')
      if (code !== null) await change(focused(), { cameo: code || undefined }, `CAMEO of ${e.text}`)
    },
    async source() {
      const mark = lastEvent()
      if (!mark) return
      const e = mark.item
      const near = (x) => Math.abs(x.start - e.start)
      const got = await pick({
        title: `Who reports ${e.text}?`, placeholder: 'type to find, or click it in the text',
        items: (q) => [{ value: { none: true }, label: 'the author', note: 'nobody else' }, ...[...state.article.mentions].sort((a, b) => near(a) - near(b)).map((m) => ({ value: m.mention_id, label: m.text, note: m.actor_id || m.type, foreign: true }))]
          .filter((r) => !q || `${r.label} ${r.note}`.toLowerCase().includes(q.toLowerCase())),
        accept: (x) => x?.kind === 'mention',
      })
      if (!got) return
      const id = got.kind ? idOf(got) : got.none ? undefined : got
      const part = id ? { source_mention_id: id } : { source_mention_id: undefined, cue_start: undefined, cue_end: undefined, quoted: undefined }
      await change(mark, part, `who reports ${e.text}`)
    },
    async cue() {
      const mark = lastEvent()
      const s = mark && chosen()
      if (s) await change(mark, { cue_start: s[0], cue_end: s[1] }, `reported by ${textOf(...s)}`)
    },
    async quoted() {
      const e = taken('event')
      if (e) await change(focused(), { quoted: e.quoted === undefined ? true : e.quoted ? false : undefined }, `${e.text} quoted`)
    },
    async set({ field, value, why }) { // a field of the panel
      const m = focused()
      if (m) await change(m, { [field]: value === '' ? undefined : value }, why || `${field} of ${m.item.text}`)
    },

    async done() {
      const done = state.article.state !== 'done'
      const errors = state.article.findings.filter((f) => f.level === 'error').length
      const answer = await act([{ op: 'state', value: done ? 'done' : 'draft' }], done ? 'done' : 'not done yet')
      if (answer && done && errors) notice(`Done, with ${errors} errors: I goes through them.`)
    },
  }

  // form is a small form in a dialog; null for none.
  function form(title, rows) {
    return new Promise((resolve) => {
      const inputs = rows.map(([name, label, value, list]) => {
        const field = list ? h('select', { name }, list.map((x) => h('option', { value: x, selected: x === value }, x || '–'))) : h('input', { type: 'text', name, value, dir: 'auto' })
        return h('label', null, label, field)
      })
      const d = h('dialog.pick', { 'aria-label': title, oncancel: () => end(null) }, h('form', {
        method: 'dialog',
        onsubmit: (e) => {
          e.preventDefault()
          end(Object.fromEntries(rows.map(([name], i) => [name, inputs[i].querySelector('input, select').value.trim()]).filter(([, v]) => v)))
        },
      }, h('h2', null, title), inputs, h('p.foot', null, h('button', null, 'Make'), ' ', h('button', { type: 'button', onclick: () => end(null) }, 'Cancel'))))
      const end = (v) => { if (d.isConnected) { d.close(); d.remove(); resolve(v) } }
      document.body.append(d)
      d.showModal()
      d.querySelector('input')?.focus()
    })
  }
}

