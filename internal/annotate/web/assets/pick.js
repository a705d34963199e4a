// The chooser: a dialog with a field and a list that follows what is typed. Arrows and
// Enter, or the mouse; Escape leaves without a choice.
import { h, foreign } from './dom.js'

let open = null

// choosing reports whether a chooser is open, and gives it what was clicked in the text.
export const choosing = () => open
export function offer(value) {
  if (open?.accept?.(value)) open.done(value)
}

// pick asks for one of a list. options: {title, items: (typed) => list or promise,
// many: chosen values are ticked and all are given at the end, accept: what may be
// clicked in the text, letters: an item's `letter` chooses it while nothing is typed}.
// An item is {value, label, note, foreign, letter, ticked}. It gives null for none.
export function pick({ title, items, many = false, accept = null, letters = false, placeholder = 'type to find', empty = 'nothing' }) {
  return new Promise((resolve) => {
    let list = [], at = 0, turn = 0
    const ticked = new Map()
    const field = h('input', {
      type: 'text', role: 'combobox', 'aria-expanded': 'true', 'aria-controls': 'choices', 'aria-label': title,
      placeholder, autocomplete: 'off', spellcheck: false, dir: 'auto',
    })
    const box = h('ul', { id: 'choices', role: 'listbox', 'aria-multiselectable': many ? 'true' : null })
    const foot = many ? h('p.foot', null, h('button', { type: 'button', onclick: () => finish() }, 'Take these'), ' type to find, Enter or Space ticks; Enter in the empty field takes all that are ticked') : null
    const dialog = h(accept ? 'dialog.pick.beside' : 'dialog.pick', { 'aria-label': title, oncancel: () => done(null) }, h('h2', null, title), field, box, foot)
    const before = document.activeElement
    const done = (value) => {
      if (!dialog.isConnected) return
      open = null
      dialog.close()
      dialog.remove()
      before?.focus?.()
      resolve(value)
    }
    const finish = () => done([...ticked].filter(([, on]) => on).map(([v]) => v))
    const tick = (i) => {
      const v = list[i].value
      ticked.set(v, !ticked.get(v))
      draw()
    }
    const choose = (i) => {
      if (!list[i]) return
      if (many) tick(i)
      else done(list[i].value)
    }
    const draw = () => {
      box.replaceChildren(...list.map((x, i) => h('li', {
        id: `choice-${i}`, role: 'option', 'aria-selected': String(many ? !!ticked.get(x.value) : i === at), className: i === at ? 'at' : '',
        onclick: () => { at = i; choose(i) },
      }, many ? h('span.tick', { 'aria-hidden': 'true' }, ticked.get(x.value) ? '☑' : '☐') : null,
      x.letter ? h('kbd', null, x.letter) : null,
      x.foreign ? foreign(x.label, 'b') : h('b', null, x.label), x.note ? h('span.note', null, ' ', foreign(x.note)) : null)))
      if (!list.length) box.append(h('li.none', null, empty))
      field.setAttribute('aria-activedescendant', list.length ? `choice-${at}` : '')
      box.children[at]?.scrollIntoView({ block: 'nearest' })
    }
    const fill = async () => {
      const mine = ++turn
      const got = await items(field.value.trim())
      if (mine !== turn) return
      list = got
      at = Math.min(at, Math.max(0, list.length - 1))
      for (const x of list) if (x.ticked && !ticked.has(x.value)) ticked.set(x.value, true)
      draw()
    }
    field.addEventListener('input', () => { at = 0; fill() })
    field.addEventListener('keydown', (e) => {
      const way = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[e.key]
      if (way) {
        at = Math.max(0, Math.min(list.length - 1, at + way))
        draw()
      } else if (e.key === 'Enter') {
        if (many && field.value) {
          if (list[at]) { field.value = ''; choose(at); at = 0; fill() }
        } else if (many) finish()
        else choose(at)
      } else if (e.key === ' ' && many && !field.value) {
        tick(at)
      } else if (letters && !field.value && list.findIndex((x) => x.letter && e.code === `Key${x.letter}`) >= 0) {
        choose(list.findIndex((x) => x.letter && e.code === `Key${x.letter}`))
      } else {
        return
      }
      e.preventDefault()
    })
    document.body.append(dialog)
    open = { accept, done }
    if (accept) dialog.show() // the text behind it can be clicked
    else dialog.showModal()
    if (accept) dialog.addEventListener('keydown', (e) => { if (e.key === 'Escape') { e.preventDefault(); done(null) } })
    field.focus()
    fill()
  })
}

// ask is a question with a line to write; null for none.
export function ask(title, value = '', note = '') {
  return new Promise((resolve) => {
    const field = h('input', { type: 'text', value, dir: 'auto', 'aria-label': title })
    const dialog = h('dialog.pick', { 'aria-label': title }, h('h2', null, title), note ? h('p', null, note) : null, field)
    const done = (v) => { if (dialog.isConnected) { dialog.close(); dialog.remove(); resolve(v) } }
    dialog.addEventListener('cancel', () => done(null))
    field.addEventListener('keydown', (e) => { if (e.key === 'Enter') { e.preventDefault(); done(field.value.trim()) } })
    document.body.append(dialog)
    dialog.showModal()
    field.select()
  })
}
