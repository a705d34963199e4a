// Runs the JavaScript blocks of docs/loading.md in the folder of a release and
// compares what each prints with the text block under it.
// usage: node run_snippets.mjs RELEASE
import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const release = process.argv[2]
const page = readFileSync(new URL('../../docs/loading.md', import.meta.url), 'utf8')
const blocks = [...page.matchAll(/^```js\n(.*?)^```\n(?:```text\n(.*?)^```)?/gms)]

// Modules are found from the folder of the file, so the block is put here.
const file = fileURLToPath(new URL(`.snippet-${process.pid}.mjs`, import.meta.url))
let failed = blocks.length === 0 ? 'no JavaScript block on the page' : ''
for (const [, code, shown] of blocks) {
  writeFileSync(file, code)
  const done = spawnSync(process.execPath, [file], { cwd: release, encoding: 'utf8' })
  rmSync(file)
  if (done.status !== 0 || done.stdout !== shown) {
    failed = `docs/loading.md prints\n${done.stdout}the page shows\n${shown}${done.stderr}`
    break
  }
  console.log(`interop: docs/loading.md: JavaScript: ${shown.trim()}`)
}
if (failed) {
  console.error(`interop: ${failed}`)
  process.exit(1)
}
