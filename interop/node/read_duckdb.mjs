// Reads every table of a release with DuckDB in Node and checks rows, types,
// null and empty lists, and offsets.
// usage: node read_duckdb.mjs RELEASE
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'

const release = process.argv[2]
const manifest = JSON.parse(readFileSync(join(release, 'manifest.json'), 'utf8'))
const db = await (await DuckDBInstance.create()).connect()

function check(condition, message) {
  if (!condition) {
    console.error(`interop: duckdb in node: ${message}`)
    process.exit(1)
  }
}

const tables = {}
const types = {}
for (const { name, rows } of manifest.tables) {
  const files = readdirSync(join(release, 'data', name)).sort().map(f => `'${join(release, 'data', name, f).replaceAll("'", "''")}'`)
  const result = await db.runAndReadAll(`from read_parquet([${files}], hive_partitioning = false)`)
  types[name] = Object.fromEntries(result.columnNames().map((c, i) => [c, String(result.columnType(i))]))
  tables[name] = result.getRowObjectsJS()
  check(tables[name].length === rows, `${name} has ${tables[name].length} rows, manifest says ${rows}`)
}

const want = {
  articles: { text: 'VARCHAR', published: 'DATE', labelled: 'BOOLEAN' },
  mentions: { start: 'INTEGER', fragments: 'STRUCT("start" INTEGER, "end" INTEGER)[]' },
  events: { modes: 'VARCHAR[]', quoted: 'BOOLEAN', cue_start: 'INTEGER' },
  actors: { members: 'VARCHAR[]' },
}
for (const [name, columns] of Object.entries(want)) {
  for (const [column, type] of Object.entries(columns)) {
    check(types[name][column] === type, `${name}.${column} is ${types[name][column]}, expected ${type}`)
  }
}
let empty = 0
for (const event of tables.events) {
  for (const column of ['modes', 'contexts', 'auxiliaries']) {
    check(Array.isArray(event[column]), `events.${column} is ${event[column]}, expected a list`)
    empty += event[column].length === 0
  }
}
check(empty > 0 && tables.mentions.some(m => m.fragments === null), 'expected empty lists and null fragments')

const texts = new Map(tables.articles.map(a => [a.doc_id, Array.from(a.text)]))
let spans = 0
let nulls = 0
for (const name of ['mentions', 'events', 'arguments']) {
  for (const row of tables[name]) {
    if (row.start === null) { nulls++; continue }
    const found = texts.get(row.doc_id).slice(row.start, row.end).join('')
    check(found === row.text, `${name} ${row.doc_id} [${row.start},${row.end}) is «${found}», expected «${row.text}»`)
    spans++
  }
}
check(spans > 0 && nulls > 0, 'expected spans and null spans')
console.log(`interop: duckdb in node: ${manifest.tables.length} tables, ${spans} spans, ${empty} empty lists, ${nulls} null spans`)
