// Labels an article of the default corpus on the page of `dataset annotate`, from
// nothing to the gold file and with the keyboard alone, and compares bytes; kills the
// program on the way; then undoes and redoes all. usage: check_annotate.mjs DATASET FOLDER
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { chromium } from 'playwright-core'

const [bin, folder] = process.argv.slice(2)
const root = path.resolve(import.meta.dirname, '../..')
fs.rmSync(folder, { recursive: true, force: true })
fs.mkdirSync(folder, { recursive: true })

const wait = (ms) => new Promise((r) => setTimeout(r, ms))
const fail = (text) => { console.error(`check_annotate: ${text}`); process.exitCode = 1; throw new Error(text) }
const same = (what, a, b) => { if (a !== b) fail(`${what}: found ${JSON.stringify(a).slice(0, 300)}, expected ${JSON.stringify(b).slice(0, 300)}`) }

let port = 8700 + (process.pid % 200)

// serve starts the program; it gives the address and a way to kill it.
async function serve(args) {
  const child = spawn(bin, ['annotate', ...args, '--no-browser', '--port', String(++port)], { stdio: ['ignore', 'pipe', 'pipe'] })
  let out = '', err = ''
  child.stderr.on('data', (b) => { err += b })
  child.stdout.on('data', (b) => { out += b })
  for (let i = 0; i < 200 && !out.includes('\n'); i++) {
    if (child.exitCode !== null) fail(`annotate ended with ${child.exitCode}: ${err}`)
    await wait(50)
  }
  return { url: out.trim(), kill: (how) => new Promise((r) => { child.once('exit', r); child.kill(how) }) }
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox'] })

async function open(server, options = {}) {
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 }, ...options })
  page.on('pageerror', (e) => fail(`the page failed: ${e.message}`))
  page.on('request', (r) => { if (!r.url().startsWith('http://127.0.0.1:') && !r.url().startsWith('data:')) fail(`the page asked ${r.url()}`) })
  await page.goto(server.url)
  await page.waitForSelector('#text p')
  return page
}

// Hands presses keys as a person does, and knows where the caret is.
class Hands {
  constructor(page, article) { this.page = page; this.article = article; this.at = article.paragraphs[0].start }
  async press(...keys) { for (const k of keys) await this.page.keyboard.press(k) }
  line(at) { return this.article.paragraphs.find((p) => at <= p.end) }
  // forward is the arrow that goes on in the order of reading.
  arrow(at, by) {
    const rtl = this.line(at).dir === 'rtl'
    return (by > 0) !== rtl ? 'ArrowRight' : 'ArrowLeft'
  }
  next(at, unit, by) {
    const line = this.line(at)
    const list = unit === 'word' ? line.words.flat() : line.graphemes
    const i = this.article.paragraphs.indexOf(line)
    if (by > 0) return list.find((b) => b > at) ?? (this.article.paragraphs[i + 1]?.start ?? line.end)
    const before = list.filter((b) => b < at)
    return before.length ? before[before.length - 1] : line.start < at ? line.start : this.article.paragraphs[i - 1].end
  }
  // go moves the caret, with Shift where it selects, by words and then by letters.
  async go(to, extend = false) {
    const held = extend ? 'Shift+' : ''
    for (const unit of ['word', 'grapheme']) {
      for (;;) {
        const by = to > this.at ? 1 : -1
        if (to === this.at) return
        const n = this.next(this.at, unit, by)
        if (unit === 'word' && (by > 0 ? n > to : n < to)) break
        await this.press(held + (unit === 'word' ? 'Control+' : '') + this.arrow(this.at, by))
        this.at = n
      }
    }
  }
  async select(start, end) {
    await this.press('Escape')
    await this.go(start)
    await this.go(end, true)
  }
  async saved(before) {
    await this.page.waitForFunction((b) => {
      const s = document.getElementById('saved').textContent
      return s.startsWith('saved') && document.body.dataset.saves !== b
    }, before)
  }
  // does presses keys and waits until the program has saved.
  async does(...keys) {
    const before = await this.page.evaluate(() => document.body.dataset.saves)
    await this.press(...keys)
    await this.saved(before)
  }
  async dialog() { await this.page.waitForSelector('dialog.pick[open]') ; await this.page.waitForFunction(() => document.querySelector('dialog.pick[open] #choices li') || document.querySelector('dialog.pick[open] input')) }
  async type(text) { await this.page.keyboard.insertText(text); await wait(30) }
}

const code = (letter) => `Key${letter}`

async function label(page, server, article, gold, session, restart) {
  const hands = new Hands(page, article)
  const o = session.ontology
  const letters = letterOf(o.roles)
  await page.focus('#text')
  await hands.press('Home')
  let done = 0
  for (const m of gold.mentions) {
    await hands.select(m.start, m.end)
    await hands.does(`Digit${o.types.findIndex((t) => t.name === m.type) + 1}`)
    hands.at = m.start
    const row = await current(page, 'mentions', m.mention_id)
    if (row.head_start !== m.head_start || row.head_end !== m.head_end) {
      await hands.select(m.head_start, m.head_end)
      await hands.does('KeyH')
      hands.at = m.start
    }
    for (let i = 0; (await current(page, 'mentions', m.mention_id)).level !== m.level; i++) { if (i > 3) fail(`level of ${m.mention_id}`); await hands.does('KeyL') }
    if (m.metonym) await hands.does('KeyM')
    if ((await current(page, 'mentions', m.mention_id)).actor_id !== m.actor_id) {
      await hands.press('KeyQ')
      await hands.dialog()
      await hands.type(m.actor_id)
      await page.waitForFunction((id) => document.querySelector('#choices li.at')?.textContent && document.querySelector('dialog input').value === id, m.actor_id)
      await wait(60)
      await hands.does('Enter')
    }
    if (++done % 40 === 0 && restart) ({ page, server } = await restart(page, server, hands, done))
    hands.page = page
  }
  for (const e of gold.events || []) {
    await hands.select(e.start, e.end)
    await hands.press('KeyE')
    await hands.dialog()
    await hands.type(e.type)
    await hands.does('Enter')
    hands.at = e.start
    for (let i = 0; (await current(page, 'events', e.event_id)).realis !== e.realis; i++) { if (i > 3) fail(`realis of ${e.event_id}`); await hands.does('KeyR') }
    for (const [key, field] of [['KeyO', 'modes'], ['KeyC', 'contexts'], ['KeyU', 'auxiliaries']]) {
      if (!e[field]) continue
      await hands.press(key)
      await hands.dialog()
      for (const v of e[field]) { await hands.type(v); await hands.press('Enter'); await wait(30) }
      await hands.does('Enter')
    }
    for (const [key, field] of [['KeyK', 'hopper_id'], ['KeyD', 'part_of']]) {
      if (!e[field]) continue
      await hands.press(key)
      await hands.dialog()
      await hands.type(e[field])
      await wait(50)
      await pickExact(page, e[field])
      await hands.does('Enter')
    }
    if (e.cameo) { await hands.press('Shift+KeyE'); await hands.dialog(); await hands.type(e.cameo); await hands.does('Enter') }
    if (e.source_mention_id) {
      await hands.press('KeyG')
      await hands.dialog()
      const m = gold.mentions.find((x) => x.mention_id === e.source_mention_id)
      await pickNear(hands, e, m, gold, 1)
      await hands.does('Enter')
      if (e.quoted !== undefined) for (let i = 0; (await current(page, 'events', e.event_id)).quoted !== e.quoted; i++) { if (i > 3) fail(`quoted of ${e.event_id}`); await hands.does('KeyJ') }
    }
  }
  for (const e of gold.events || []) { // when all is there that roles refer to
    for (const a of e.arguments || []) {
      await take(hands, page, `event:${e.event_id}`)
      hands.at = e.start
      if (a.start !== undefined) { await hands.go(a.start); await hands.go(a.end, true) }
      await hands.press('KeyA')
      await hands.dialog()
      await wait(30)
      await hands.press(code(letters.get(a.role)))
      await page.waitForFunction((r) => document.querySelector('dialog.pick[open] h2')?.textContent.startsWith(r + ' of'), a.role)
      await wait(30)
      if (a.start !== undefined) {
        await hands.press('Enter')
        await page.waitForFunction(() => document.querySelector('dialog.pick[open] h2')?.textContent.startsWith('When'))
        if (a.value) await hands.type(a.value)
        await hands.does('Enter')
        continue
      }
      if (a.mention_id) await pickNear(hands, e, gold.mentions.find((m) => m.mention_id === a.mention_id), gold, 0)
      else await pickNear(hands, e, gold.events.find((x) => x.event_id === a.target_event_id), gold, 0)
      await hands.does('Enter')
    }
    if (e.cue_start !== undefined) {
      await take(hands, page, `event:${e.event_id}`)
      hands.at = e.start
      await hands.go(e.cue_start)
      await hands.go(e.cue_end, true)
      await hands.does('Shift+KeyG')
    }
  }
  return { page, server }
}

const current = (page, list, id) => page.evaluate(([l, i]) => globalThis.annotate.state.article[l].find((x) => (x.mention_id || x.event_id) === i), [list, id])

// take walks with N to a label.
async function take(hands, page, key) {
  for (let i = 0; i < 600; i++) {
    if (await page.evaluate((k) => globalThis.annotate.state.focus === k, key)) return
    await hands.press('KeyN')
  }
  fail(`N never comes to ${key}`)
}

async function pickExact(page, label) {
  for (let i = 0; i < 40; i++) {
    const at = await page.evaluate(() => document.querySelector('#choices li.at b')?.textContent)
    if (at === label || at === `new: ${label}`) return
    await page.keyboard.press('ArrowDown')
  }
  fail(`no choice ${label}`)
}

// pickNear goes down the list of what may fill a role, which is by distance.
async function pickNear(hands, e, x, gold, before) {
  const near = (y) => Math.abs(y.start - e.start)
  const id = (y) => y.mention_id || y.event_id
  const mentions = [...gold.mentions].sort((a, b) => near(a) - near(b))
  const events = (gold.events || []).filter((y) => y.event_id !== e.event_id).sort((a, b) => near(a) - near(b))
  const at = x.mention_id ? before + mentions.findIndex((y) => id(y) === id(x)) : (await hands.page.evaluate(() => document.querySelectorAll('#choices li').length)) - events.length + events.findIndex((y) => id(y) === id(x))
  for (let i = 0; i < at; i++) await hands.press('ArrowDown')
}

function letterOf(roles) {
  const out = new Map(), used = new Set()
  for (const r of roles) {
    const letter = [...r.name].find((c) => /[A-Z]/.test(c) && !used.has(c))
    used.add(letter)
    out.set(r.name, letter)
  }
  return out
}

// ---- from nothing to the gold file ----

const id = process.env.ARTICLE || '001_23c96fb8be1b69e3'
const labels = path.join(folder, 'labels')
fs.mkdirSync(labels)
fs.copyFileSync(path.join(root, 'data/labels/actors.json'), path.join(labels, 'actors.json'))
const goldFile = fs.readFileSync(path.join(root, `data/labels/${id}.json`), 'utf8')
const gold = JSON.parse(goldFile)
const args = [labels, '--articles', path.join(root, 'data/articles', `${id}.txt`)]
let server = await serve(args)
let page = await open(server)
const session = await page.evaluate(() => fetch('/api/session').then((r) => r.json()))
const article = await page.evaluate((x) => fetch(`/api/article/${x}`).then((r) => r.json()), id)
const began = Date.now()
let kills = 0
;({ page, server } = await label(page, server, article, gold, session, async (old, was, hands) => {
  await was.kill('SIGKILL') // whatever it has said is saved has to be there
  await old.close()
  kills++
  const again = await serve(args)
  const fresh = await open(again)
  hands.page = fresh
  hands.at = article.paragraphs[0].start
  await fresh.focus('#text')
  await fresh.keyboard.press('Home')
  return { page: fresh, server: again }
}))
same('the label file', fs.readFileSync(path.join(labels, `${id}.json`), 'utf8'), goldFile)
console.log(`annotate: ${gold.mentions.length} mentions and ${gold.events.length} events of ${id} labelled with the keyboard: the bytes of the gold file, over ${kills} kill -9 (${((Date.now() - began) / 1000).toFixed(0)} s)`)
await page.screenshot({ path: path.join(folder, 'labelled.png') })

// ---- undo everything, redo everything ----

await page.focus('#text')
await page.evaluate(async () => { while (globalThis.annotate.state.article.undo) await globalThis.annotate.run({ name: 'undo' }) })
same('labels after undoing all', await page.evaluate(() => globalThis.annotate.state.article.mentions.length + globalThis.annotate.state.article.events.length), 0)
await page.evaluate(async () => { while (globalThis.annotate.state.article.redo) await globalThis.annotate.run({ name: 'redo' }) })
same('the label file after redoing all', fs.readFileSync(path.join(labels, `${id}.json`), 'utf8'), goldFile)
console.log('annotate: all undone, all redone: the bytes of the gold file')
await page.close()
await server.kill('SIGTERM')
await browser.close()
