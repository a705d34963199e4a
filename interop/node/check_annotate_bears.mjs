// What the page of `dataset annotate` must bear: hostile texts and names, directions
// mixed in a line, clitics, marks and emoji, a selection over paragraphs, two tabs, a file
// changed underneath, and kills at any moment. usage: check_annotate_bears.mjs DATASET FOLDER
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { chromium } from 'playwright-core'

const [bin, folder] = process.argv.slice(2)
fs.rmSync(folder, { recursive: true, force: true })
const labels = path.join(folder, 'labels'), text = path.join(folder, 'a.txt'), file = path.join(labels, 'a.json')
fs.mkdirSync(labels, { recursive: true })
const evil = '<img src=x onerror="globalThis.hit=1"><script>globalThis.hit=1</script>'
const lines = [`Talks ${evil} ended`, 'قال وزير NATO في Geneva إن الأمر انتهى', 'وَلِلْوزيرِ ولبنان', 'family 👩‍👩‍👧 e\u0301tat']
fs.writeFileSync(text, lines.join('\n') + '\n')
fs.writeFileSync(path.join(labels, 'actors.json'), JSON.stringify([{ actor_id: 'evil', name_en: evil, name_ar: evil, type: 'PER' }]))

const wait = (ms) => new Promise((r) => setTimeout(r, ms))
const same = (what, a, b) => { if (JSON.stringify(a) !== JSON.stringify(b)) throw new Error(`${what}: found ${JSON.stringify(a)}, expected ${JSON.stringify(b)}`) }
const onDisk = () => JSON.parse(fs.readFileSync(file, 'utf8'))
const ids = (list) => list.map((m) => m.mention_id).sort()

let port = 9100 + (process.pid % 200)
async function serve() {
  const child = spawn(bin, ['annotate', labels, '--articles', text, '--no-browser', '--port', String(++port)], { stdio: ['ignore', 'pipe', 'pipe'] })
  let out = '', err = ''
  child.stdout.on('data', (b) => { out += b })
  child.stderr.on('data', (b) => { err += b })
  for (let i = 0; i < 400 && !out.includes('\n'); i++) {
    if (child.exitCode !== null) throw new Error(`annotate ended with ${child.exitCode}: ${err}`)
    await wait(50)
  }
  return { url: out.trim(), kill: (how) => new Promise((r) => { child.once('exit', r); child.kill(how) }) }
}
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox'] })
async function open(server) {
  const page = await browser.newPage()
  await page.goto(server.url)
  await page.waitForSelector('#text p')
  await page.waitForFunction(() => globalThis.annotate?.state.article)
  return page
}
const select = (page, s, e) => page.evaluate(([a, b]) => globalThis.annotate.pane.place(b, a), [s, e])
const state = (page) => page.evaluate(() => globalThis.annotate.state.article)
const at = (part, from = 0) => [...lines.join('\n').slice(0, lines.join('\n').indexOf(part, from))].length // in code points
// mention labels a span by its key and gives it as the page then has it.
async function mention(page, s, e) {
  const n = (await state(page)).mentions.length
  await select(page, s, e)
  await page.keyboard.press('Digit1')
  await page.waitForFunction((k) => globalThis.annotate.state.article.mentions.length > k, n)
  return (await state(page)).mentions.find((m) => m.start === s || m.end === e)
}

let server = await serve()
let page = await open(server)
try {
  // hostile text and names
  await mention(page, 0, at('ended') + 5)
  await page.keyboard.press('KeyQ')
  await page.waitForSelector('dialog.pick[open]')
  await page.keyboard.insertText('evil')
  await page.waitForFunction(() => document.querySelector('#choices li.at')?.textContent.includes('<script>'))
  await wait(200)
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => globalThis.annotate.state.article.mentions[0].actor_id === 'evil')
  await wait(200)
  same('elements made by a text', await page.evaluate(() => document.querySelectorAll('img, #text script, #panel script, dialog script').length), 0)
  same('scripts of a text that ran', await page.evaluate(() => globalThis.hit ?? 0), 0)

  // mixed directions, marks, emoji: offsets in code points, spans at edges of letters
  for (const part of ['NATO', 'Geneva', '👩‍👩‍👧', 'e\u0301tat']) {
    const m = await mention(page, at(part), at(part) + [...part].length)
    same(part, [m?.start, m?.text], [at(part), part])
  }
  const p = at('ولبنان')
  await select(page, p, p + 6)
  await page.keyboard.press('KeyX')
  await page.waitForFunction((s) => Math.min(globalThis.annotate.pane.anchor, globalThis.annotate.pane.caret) > s, p)
  same('what is left without a proclitic', await page.evaluate(() => globalThis.annotate.pane.slice(...globalThis.annotate.pane.selection)), 'لبنان')

  // over paragraphs, and over the edge of a label
  const across = await mention(page, at('Geneva') + 2, at('ولبنان'))
  same('a selection over paragraphs', across.text.includes('\n'), true)

  // two tabs: the second is told, or has the news already; both end with what is on disk
  const other = await open(server)
  await mention(page, at('family'), at('family') + 6)
  await other.waitForFunction((n) => globalThis.annotate.state.article.mentions.length === n, (await state(page)).mentions.length)
  same('the second tab', ids((await state(other)).mentions), ids(onDisk().mentions))
  await other.close()

  // the file changed by something else
  const less = onDisk()
  const gone = less.mentions.pop()
  fs.writeFileSync(file, JSON.stringify(less))
  await page.reload()
  await page.waitForFunction((id) => globalThis.annotate?.state.article && !globalThis.annotate.state.article.mentions.some((m) => m.mention_id === id), gone.mention_id)

  // kills: whatever was said to be saved is there again
  for (let i = 0; i < 6; i++) {
    const saved = ids((await state(page)).mentions)
    await select(page, i, i + 3)
    page.keyboard.press('Digit2').catch(() => {})
    await wait([0, 3, 8, 15, 30, 60][i])
    await server.kill('SIGKILL')
    const known = ids((await state(page)).mentions)
    await page.close()
    server = await serve()
    page = await open(server)
    const now = ids((await state(page)).mentions)
    same(`kill ${i}: labels said to be saved that are gone`, [...saved, ...known].filter((x) => !now.includes(x)), [])
    same(`kill ${i}: the file`, ids(onDisk().mentions), now)
  }
  console.log('annotate: hostile text inert, mixed directions, clitics, paragraphs, two tabs, a changed file, 6 kills: nothing lost')
} finally {
  await browser.close()
  await server.kill('SIGTERM')
}
