// Reads every table of a release with hyparquet and checks rows and offsets.
// usage: node read_release.mjs RELEASE
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'

const release = process.argv[2]
const manifest = JSON.parse(readFileSync(join(release, 'manifest.json'), 'utf8'))

function check(condition, message) {
  if (!condition) {
    console.error(`interop: ${message}`)
    process.exit(1)
  }
}

const tables = {}
for (const { name, rows } of manifest.tables) {
  const folder = join(release, 'data', name)
  tables[name] = []
  let names = []
  try { names = readdirSync(folder).sort() } catch { /* an empty table has no folder */ }
  for (const file of names) {
    const buffer = await asyncBufferFromFile(join(folder, file))
    tables[name].push(...await parquetReadObjects({ file: buffer, compressors }))
  }
  check(tables[name].length === rows, `hyparquet: ${name} has ${tables[name].length} rows, manifest says ${rows}`)
}

// Types, and null beside the empty list.
const kind = v => v === null || v === undefined ? 'null' : Array.isArray(v) ? 'list' : v instanceof Date ? 'date' : typeof v
const want = {
  articles: { text: ['string'], published: ['date', 'null'], labelled: ['boolean'], raw_map: ['list'] },
  mentions: { start: ['number'], type: ['string'], metonym: ['boolean'], fragments: ['list', 'null'], head_start: ['number', 'null'] },
  events: { modes: ['list'], contexts: ['list'], auxiliaries: ['list'], quoted: ['boolean', 'null'] },
  actors: { aliases: ['list'], members: ['list'], wikidata: ['string', 'null'] },
}
for (const [name, columns] of Object.entries(want)) {
  for (const [column, kinds] of Object.entries(columns)) {
    for (const row of tables[name]) {
      check(kinds.includes(kind(row[column])), `hyparquet: ${name}.${column} is ${kind(row[column])}, expected ${kinds.join(' or ')}`)
    }
  }
}
check(tables.mentions.some(m => kind(m.fragments) === 'null'), 'hyparquet: no mention has null fragments')
check(tables.events.some(e => e.modes.length === 0), 'hyparquet: no event has an empty list of modes')

// Offsets count code points; a JavaScript string counts UTF-16 units.
const texts = new Map(tables.articles.map(a => [a.doc_id, Array.from(a.text)]))
let spans = 0
for (const name of ['mentions', 'events', 'arguments']) {
  for (const row of tables[name]) {
    if (row.start === null || row.start === undefined) continue
    const found = texts.get(row.doc_id).slice(row.start, row.end).join('')
    check(found === row.text, `hyparquet: ${name} ${row.doc_id} [${row.start},${row.end}) is «${found}», expected «${row.text}»`)
    spans++
  }
}
check(spans > 0, 'hyparquet: no spans checked')
console.log(`interop: hyparquet: ${manifest.tables.length} tables, ${spans} spans`)
