// Opens our export in the editor of Label Studio, in headless Chromium: the
// labelling configuration is accepted, every region and relation is shown, a span
// that is drawn there is read back where it was drawn.
// usage: node check_labelstudio.mjs DATASET-BINARY WORK-FOLDER URL TOKEN EMAIL PASSWORD
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { chromium } from 'playwright-core'

const [binary, folder, url, token, email, password] = process.argv.slice(2)
const work = resolve(folder)
mkdirSync(work, { recursive: true })

function check(condition, message) {
  if (!condition) throw new Error(`interop: Label Studio: ${message}`)
}

function dataset(...args) {
  return execFileSync(resolve(binary), args, { cwd: work, encoding: 'utf8', maxBuffer: 1 << 28, stdio: 'pipe' })
}

async function api(path, body) {
  const answer = await fetch(url + path, {
    method: body ? 'POST' : 'GET', body: body && JSON.stringify(body),
    headers: { Authorization: `Token ${token}`, 'Content-Type': 'application/json' },
  })
  const text = await answer.text()
  check(answer.ok, `${path}: ${answer.status} ${text.slice(0, 500)}`)
  return JSON.parse(text)
}

// An emoji before Arabic mentions, one of them over a line break.
const text = '😀 قال بوتين إن\nموسكو ترحب'
mkdirSync(join(work, 'articles'), { recursive: true })
writeFileSync(join(work, 'articles', 'a.txt'), text)
writeFileSync(join(work, 'articles', 'b.txt'), text)
writeFileSync(join(work, 'labels.jsonl'), JSON.stringify({
  doc_id: 'a', mentions: [
    { mention_id: 'm1', start: 6, end: 11, text: 'بوتين', type: 'PER', level: 'NAM', actor_id: 'putin' },
    { mention_id: 'm2', start: 12, end: 20, text: 'إن\nموسكو', type: 'GPE', level: 'NAM', actor_id: 'x' }],
  events: [{ event_id: 'e1', start: 2, end: 5, text: 'قال', type: 'CONSULT', realis: 'actual', arguments: [{ role: 'ACTOR', mention_id: 'm1' }] }],
}) + '\n')
dataset('build', '-q', '--articles', 'articles', '-o', 'release', '--name', 'a', '--version', '0.1.0')
dataset('convert', '--to', 'labelstudio', 'labels.jsonl', '-o', 'gold.json', '--release', 'release', '--overwrite')
dataset('export', '--to', 'labelstudio', '--release', 'release', '-o', 'tasks.json', '--overwrite')
const config = readFileSync(join(work, 'tasks.labelling.xml'), 'utf8')
const project = await api('/api/projects/', { title: 'interop', label_config: config })
await api(`/api/projects/${project.id}/import`, JSON.parse(readFileSync(join(work, 'gold.json'), 'utf8')))
await api(`/api/projects/${project.id}/import`, JSON.parse(readFileSync(join(work, 'tasks.json'), 'utf8')).filter(t => t.data.doc_id === 'b'))
const { tasks } = await api(`/api/tasks?project=${project.id}&fields=all&page_size=10`)
const task = Object.fromEntries(tasks.map(t => [t.data.doc_id, t]))

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox'] })
try {
  const page = await browser.newPage({ viewport: { width: 1400, height: 1000 } })
  page.setDefaultTimeout(120_000)
  await page.goto(`${url}/user/login/`)
  await page.fill('input[name=email]', email)
  await page.fill('input[name=password]', password)
  await Promise.all([page.waitForNavigation(), page.press('input[name=password]', 'Enter')])

  await page.goto(`${url}/projects/${project.id}/data?task=${task.a.id}`)
  await page.waitForSelector('[class*=richtext]')
  await page.waitForFunction(() => document.querySelectorAll('.htx-highlight').length >= 3)
  const shown = await page.$$eval('.htx-highlight', spans => spans.map(s => s.textContent))
  for (const surface of ['بوتين', 'قال']) check(shown.includes(surface), `${surface} is not shown: ${shown}`)
  check(shown.join('').includes('موسكو'), `the span over a line break is not shown: ${shown}`)
  const body = await page.textContent('body')
  check(!/mobx-state-tree|No matching type/.test(body), 'the editor shows an error')

  // A word is drawn with the first label.
  await page.goto(`${url}/projects/${project.id}/data?task=${task.b.id}`)
  await page.waitForSelector('[class*=richtext]')
  await page.waitForTimeout(3000)
  await page.getByText('PER', { exact: true }).first().click()
  const place = await page.evaluate(word => {
    const walk = document.createTreeWalker(document.querySelector('[class*=richtext]'), NodeFilter.SHOW_TEXT)
    for (let n = walk.nextNode(); n; n = walk.nextNode()) {
      const at = n.textContent.indexOf(word)
      if (at < 0) continue
      const range = document.createRange()
      range.setStart(n, at)
      range.setEnd(n, at + word.length)
      const box = range.getBoundingClientRect()
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
    }
  }, 'موسكو')
  check(place, 'the text of the second task is not shown')
  await page.mouse.dblclick(place.x, place.y)
  await page.waitForFunction(() => document.querySelectorAll('.htx-highlight').length >= 1)
  await page.getByRole('button', { name: 'Submit' }).first().click()
  await page.waitForTimeout(3000)
} finally {
  await browser.close()
}

const exported = await api(`/api/projects/${project.id}/export?exportType=JSON&download_all_tasks=true`)
writeFileSync(join(work, 'export.json'), JSON.stringify(exported))
const back = dataset('convert', '--to', 'jsonl', 'export.json', '-o', '-', '--release', 'release').trim().split('\n').map(l => JSON.parse(l))
const documents = Object.fromEntries(back.map(d => [d.doc_id, d]))
const spans = d => d.mentions.map(m => `${m.start}-${m.end} ${m.type} ${m.actor_id ?? ''}`).sort().join(', ')
check(spans(documents.a) === '12-20 GPE x, 6-11 PER putin', `read back ${spans(documents.a)}`)
check(documents.a.events[0].arguments[0].mention_id === documents.a.mentions[0].mention_id, 'the argument is gone')
check(spans(documents.b) === '15-20 PER ', `drawn in the editor, read as ${spans(documents.b)}`)
console.log('interop: Label Studio shows our export, and a span drawn in its editor is read where it was drawn')
