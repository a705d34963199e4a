// The requests of the page. All that is decided of labels and offsets is decided by
// the program; a failed request throws a Failure with what it said.

export class Failure extends Error {
  constructor(status, body) {
    super(body.error || `the program answered ${status}`)
    this.status = status
    this.hint = body.hint || ''
    this.article = body.article || null
  }
}

async function ask(method, path, body) {
  let answer
  try {
    answer = await fetch(path, {
      method,
      headers: body ? { 'Content-Type': 'application/json' } : {},
      body: body && JSON.stringify(body),
    })
  } catch {
    throw new Failure(0, { error: 'the program does not answer', hint: 'start dataset annotate again; everything that was saved is there' })
  }
  const value = await answer.json().catch(() => ({}))
  if (!answer.ok) throw new Failure(answer.status, value)
  return value
}

const get = (path, query) => ask('GET', query ? `${path}?${new URLSearchParams(query)}` : path)

export const session = () => get('/api/session')
export const article = (id) => get(`/api/article/${encodeURIComponent(id)}`)
export const span = (article, start, end) => get('/api/span', { article, start, end })
export const actors = (q) => get('/api/actors', { q })
export const hoppers = () => get('/api/hoppers')
export const act = (request) => ask('POST', '/api/act', request)
export const undo = (article, rev) => ask('POST', '/api/undo', { article, rev })
export const redo = (article, rev) => ask('POST', '/api/redo', { article, rev })
export const settle = (article, take) => ask('POST', '/api/settle', { article, rev: 0, take })
export const review = (article) => get(`/api/review/${encodeURIComponent(article)}`)
export const decide = (request) => ask('POST', '/api/review', request)
export const judge = (request) => ask('POST', '/api/suggestion', request)

// news calls changed(article, rev) for what another page or program did.
export function news(changed) {
  const source = new EventSource('/api/events')
  source.onmessage = (e) => {
    const x = JSON.parse(e.data)
    changed(x.article, x.rev)
  }
  return source
}
