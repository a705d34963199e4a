// What is drawn of an article's labels.

// lettersOf gives each role a letter of its name that no role before it has.
export function lettersOf(roles) {
  const out = new Map(), used = new Set()
  for (const r of roles) {
    const letter = [...r.name.toUpperCase(), ...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].find((c) => /[A-Z]/.test(c) && !used.has(c)) || ''
    used.add(letter)
    out.set(r.name, letter)
  }
  return out
}

export const keyOf = (kind, id) => `${kind}:${id}`

const parts = (x) => (x.fragments?.length ? x.fragments : [[x.start, x.end]])

// marksOf lists the marks of labels. tones: the place of a type among the types.
export function marksOf({ mentions, events, unlabelled }, tones) {
  const out = []
  for (const m of mentions) {
    if (m.start === undefined) continue
    out.push({ key: keyOf('mention', m.mention_id), kind: 'mention', item: m, start: m.start, end: m.end, parts: parts(m), tone: tones.get(m.type) ?? 'x',
      chip: m.type + (m.fragments?.length ? ' …' : ''), hint: [m.type, m.level, m.actor_id, m.metonym && 'metonym'].filter(Boolean).join(' · ') })
  }
  for (const e of events) {
    if (e.start === undefined) continue
    out.push({ key: keyOf('event', e.event_id), kind: 'event', item: e, start: e.start, end: e.end, parts: parts(e), tone: 'event',
      chip: '◆ ' + e.type, hint: [e.type, ...(e.modes || []), e.realis, e.hopper_id].filter(Boolean).join(' · ') })
  }
  for (const [s, e] of unlabelled || []) {
    out.push({ key: keyOf('region', s), kind: 'region', item: { start: s, end: e }, start: s, end: e, parts: [[s, e]], tone: 'region', chip: 'not labelled', hint: 'unknown: nobody has labelled this' })
  }
  return out.sort((a, b) => a.start - b.start || b.end - a.end)
}

// fillerOf is the span of what fills a role, null for none.
export function fillerOf(article, a) {
  const m = a.mention_id && article.mentions.find((x) => x.mention_id === a.mention_id)
  if (m) return [m.start, m.end]
  const e = a.target_event_id && article.events.find((x) => x.event_id === a.target_event_id)
  if (e) return [e.start, e.end]
  return a.start === undefined ? null : [a.start, a.end]
}

export function arcsOf(article, events) {
  const out = []
  for (const e of events) {
    for (const a of e.arguments || []) {
      const to = fillerOf(article, a)
      if (to && e.start !== undefined) out.push({ from: [e.start, e.end], to, role: a.role })
    }
  }
  return out
}
