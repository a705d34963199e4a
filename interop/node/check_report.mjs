// Opens HTML reports in headless Chromium: they load without errors and without
// a request, filters work, nothing hostile runs, everything is visible without
// JavaScript, fits a narrow window, and contrast suffices in light and dark.
// usage: node check_report.mjs DATASET-BINARY WORK-FOLDER [SCREENSHOT-PREFIX]
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'
import { lowContrast } from './contrast.mjs'

const [binary, folder, pictures] = process.argv.slice(2)
const work = resolve(folder)
mkdirSync(work, { recursive: true })
let checks = 0

function check(condition, message) {
  checks++
  if (!condition) throw new Error(message)
}

function dataset(...args) {
  return execFileSync(resolve(binary), args, { cwd: work, encoding: 'utf8', maxBuffer: 1 << 28, stdio: 'pipe' })
}

// Two reports: the rules with made-up confidences, and predictions whose every
// name is an attack.
const attack = `"'></script></style><script>hostile=1</script><img src="http://127.0.0.1:9/x" onerror="hostile=1"><base href="//x">\u202e`
dataset('run', '--extractor', 'builtin:rules', '-o', 'plain.jsonl', '--overwrite')
const lines = readFileSync(join(work, 'plain.jsonl'), 'utf8').trim().split('\n').map(l => JSON.parse(l))
function report(name, change) {
  for (const a of lines) change(a)
  writeFileSync(join(work, `${name}.jsonl`), lines.map(a => JSON.stringify(a) + '\n').join(''))
  writeFileSync(join(work, 'result.json'), dataset('score', `${name}.jsonl`, '--resamples', '100', '--json'))
  dataset('report', 'result.json', '-o', `${name}.html`, '--predictions', `${name}.jsonl`)
  return pathToFileURL(join(work, `${name}.html`)).href
}
const plain = report('report', a => {
  a.mentions.forEach((m, i) => { m.confidence = (m.text.length * 37 + i) % 100 / 100 })
  a.events.forEach((e, i) => { e.confidence = (e.text.length * 53 + i) % 100 / 100 })
})
const hostile = report(`'"><img src=x onerror=hostile=1>`, a => {
  a.mentions.forEach(m => { m.type = attack; m.mention_id = attack + m.mention_id; m.actor_id = attack })
  a.events.forEach(e => { e.type = attack; e.arguments = [{ role: attack, text: e.text, value: attack }] })
})

// Many articles, most of them packed.
const many = (() => {
  const folder = join(work, 'many')
  const n = 2000
  mkdirSync(folder, { recursive: true })
  const sentence = 'The minister met the envoy in Geneva on Monday. '
  const lines = { articles: [], gold: [], pred: [] }
  for (let i = 0; i < n; i++) {
    const doc_id = `d${String(i).padStart(5, '0')}`
    lines.articles.push({ id: doc_id, text: sentence.repeat(40) })
    const marks = [...Array(40).keys()].map(k => ({ mention_id: `m${k}`, start: 48 * k + 4, end: 48 * k + 12, text: 'minister', type: 'PER' }))
    lines.gold.push({ doc_id, mentions: marks, events: [] })
    lines.pred.push({ doc_id, mentions: marks.map((m, k) => k % 3 === i % 3 ? { ...m, type: 'ORG' } : m), events: [] })
  }
  for (const [name, list] of Object.entries(lines)) writeFileSync(join(folder, `${name}.jsonl`), list.map(a => JSON.stringify(a) + '\n').join(''))
  dataset('build', '-o', 'many/release', '--replace', '--name', 'many', '--articles', 'many/articles.jsonl', '--labels', 'many/gold.jsonl', '--ontology', 'infer', '--near-duplicates', '0')
  writeFileSync(join(folder, 'result.json'), dataset('score', 'many/pred.jsonl', '--release', 'many/release', '--resamples', '0', '--json'))
  dataset('report', 'many/result.json', '-o', 'many/report.html', '--predictions', 'many/pred.jsonl', '--release', 'many/release', '--articles', String(n))
  return pathToFileURL(join(folder, 'report.html')).href
})()

// open loads a page; whatever it asks for or complains of is an error.
async function open(browser, url, options, look) {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const trouble = []
  page.on('console', m => trouble.push(`console: ${m.text()}`))
  page.on('pageerror', e => trouble.push(`error: ${e.message}`))
  page.on('dialog', d => { trouble.push(`dialog: ${d.message()}`); d.dismiss() })
  page.on('request', r => { if (r.url().split('#')[0] !== url) trouble.push(`request: ${r.url()}`) })
  await page.goto(url)
  await look(page)
  check(trouble.length === 0, trouble.join('\n'))
  await context.close()
}

const desktop = { viewport: { width: 1360, height: 1000 } }
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
})
try {
  for (const colorScheme of ['light', 'dark']) {
    await open(browser, plain, { ...desktop, colorScheme }, async page => {
      const bad = await page.evaluate(lowContrast, 4.5)
      check(bad.length === 0, `${colorScheme}: contrast below 4.5:\n${bad.join('\n')}`)
      if (pictures) await page.screenshot({ path: `${pictures}-${colorScheme}.png` })
    })
  }

  await open(browser, plain, desktop, async page => {
    const shown = selector => page.locator(selector).filter({ visible: true }).count()
    const all = await shown('tr.row[data-k=missed]')
    check(all > 0 && await shown('.s[data-k=correct] .tag') > 0, 'no marks are shown')
    await page.getByRole('checkbox', { name: 'missed', exact: true }).uncheck()
    check(await page.locator('tr.row[data-l=mention][data-k=missed]:not([hidden])').count() === 0, 'missed mentions are still shown')
    check(await page.locator('.s[data-k=missed]:not(.off)').count() === 0, 'missed marks are still drawn')
    check(/^\d+ of \d+ labels are shown\.$/.test(await page.locator('#shown').innerText()), 'the filters do not say what is shown')
    await page.getByRole('button', { name: 'Show all' }).click()
    await page.waitForFunction(() => document.getElementById('shown').textContent === 'Everything is shown.')
    check(await shown('tr.row[data-k=missed]') === all, 'not everything came back')
    await page.getByRole('button', { name: 'Errors only' }).click()
    check(await page.locator('.s[data-k=correct]:not(.off)').count() === 0, 'correct marks are still drawn')
    await page.locator('select[name=class]').selectOption('mention GPE')
    check(await page.locator('article .s:not(.off):not([data-g=GPE]):not([data-p=GPE]), .arg:not([hidden])').count() === 0, 'other classes are still shown')
    check(await page.locator('.s[data-l=mention]:not(.off)').count() > 0, 'no GPE is shown')
    await page.getByRole('button', { name: 'Show all' }).click()

    // A link in a row leads to its mark.
    const href = await page.locator('table.rows a[href]').first().getAttribute('href')
    await page.locator(`table.rows a[href="${href}"]`).first().click()
    check(await page.evaluate(id => document.querySelector(':target')?.id === id, href.slice(1)), `${href} was not reached`)
    check(await page.locator('svg[role=img]:not([aria-label])').count() === 0, 'a picture has no name')
    await page.emulateMedia({ media: 'print' })
    check(!await page.locator('#filters').isVisible(), 'the filters are printed')
    await page.pdf({ path: join(work, 'report.pdf') })
  })

  // The keyboard: the first stop is the skip link, every stop has a name and
  // shows that it has the focus.
  await open(browser, plain, desktop, async page => {
    for (let i = 0; i < 40; i++) {
      await page.keyboard.press('Tab')
      const at = await page.evaluate(() => {
        const e = document.activeElement
        const name = e.getAttribute('aria-label') || e.innerText || e.labels?.[0]?.innerText || ''
        return { name: name.trim(), tag: e.tagName, outline: getComputedStyle(e).outlineStyle }
      })
      check(i > 0 || at.name === 'Skip to the scores', `the first stop is ${at.name}`)
      check(at.name !== '' && at.outline !== 'none', `stop ${i}, ${at.tag} "${at.name}", has outline ${at.outline}`)
    }
  })

  await open(browser, plain, { ...desktop, javaScriptEnabled: false }, async page => {
    check(await page.locator('details:not([open])').count() === 0, 'something is folded without JavaScript')
    check(!await page.locator('#filters').isVisible(), 'filters are shown that cannot work')
    check(await page.locator('article').count() === lines.length, 'articles are missing')
    for (const p of await page.locator('.side > p').all()) {
      check(await p.getAttribute('dir') === 'rtl' && await p.getAttribute('lang') === 'ar', 'a text is not set from right to left')
    }
  })

  for (const width of [360, 768]) {
    await open(browser, plain, { viewport: { width, height: 800 }, isMobile: width < 500 }, async page => {
      const found = await page.evaluate(() => document.documentElement.scrollWidth)
      check(found <= width, `the page is ${found} wide in a window of ${width}`)
      if (pictures) await page.screenshot({ path: `${pictures}-${width}.png` })
    })
  }

  await open(browser, hostile, desktop, async page => {
    check(await page.evaluate(() => !('hostile' in window)), 'hostile script ran')
    check(await page.locator('img, base, iframe, script:not([type]):not(body > script)').count() === 0, 'hostile elements are in the page')
    check((await page.content()).includes('⟨U+202E⟩'), 'U+202E is not shown')
    check(!(await page.content()).includes('\u202e'), 'U+202E is in the page')
    await page.getByRole('button', { name: 'Errors only' }).click()
    const found = await page.evaluate(() => document.documentElement.scrollWidth)
    check(found <= 1360, `hostile names make the page ${found} wide`)
  })
  // 2,000 articles: the page opens and filters at once, articles are unpacked where they
  // are reached, and only some of them stay.
  await open(browser, many, desktop, async page => {
    const loaded = await page.evaluate(() => performance.timing.domContentLoadedEventEnd - performance.timing.navigationStart)
    check(loaded < 3000, `2,000 articles took ${loaded} ms`)
    check(await page.locator('article').count() === 2000, 'articles are missing')
    const filtered = await page.evaluate(async () => {
      const start = performance.now()
      document.querySelector('input[name=kind][value=type]').click()
      await new Promise(r => requestAnimationFrame(() => setTimeout(r)))
      return performance.now() - start
    })
    check(filtered < 200, `a filter took ${filtered} ms`)
    check(/^\d+ of \d+ labels are shown\.$/.test(await page.locator('#shown').innerText()), 'the filters do not say what is shown')
    await page.evaluate(() => { location.hash = '#a1500' })
    await page.waitForFunction(() => document.querySelector('#a1500 .sides'))
    check(await page.locator('#a1500 .s[data-k=type]:not(.off)').count() === 0, 'an article was unpacked and not filtered')
    await page.evaluate(() => { location.hash = '#a900' })
    await page.waitForFunction(() => document.querySelector('#a900 .sides'))
    for (let i = 0; i < 20; i++) { await page.mouse.wheel(0, 3000); await page.waitForTimeout(50) }
    const inPage = await page.locator('article .sides').count()
    check(inPage < 30, `${inPage} articles stay unpacked`)
  })
} finally {
  await browser.close()
}
console.log(`interop: Chromium: HTML reports, ${checks} checks`)
