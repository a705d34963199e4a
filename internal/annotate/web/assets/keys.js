// The keys. They are known by their place on the keyboard (KeyboardEvent.code), so that
// they work under an Arabic layout too; Shift is written ⇧.
export const table = [
  ['Move', [
    ['← →', 'a letter on, in the order of reading'],
    ['Ctrl ← →', 'a word'],
    ['↑ ↓', 'a sentence'],
    ['Home End', 'to the ends of the paragraph'],
    ['N P', 'to the next or previous label'],
    ['Enter', 'take the label at the caret; again: the next larger one'],
    ['I', 'to the next finding; ⇧I does what it proposes'],
    ['. ,', 'to the next or previous article'],
  ]],
  ['Select', [
    ['⇧ ← →', 'more or less, by a letter; with Ctrl by a word, ⇧↑ ⇧↓ by a sentence'],
    ['W', 'the word; again: one word more. ⇧W: one less'],
    ['[ ]', 'the label or selection begins, ends one word further out; with ⇧ one further in; with Alt by a letter'],
    ['X', 'peel a particle off the beginning (و ف ب ل ك س, لل)'],
    ['Esc', 'nothing selected'],
  ]],
  ['Label', [
    ['1 … 9', 'a mention of this type, or the type of the taken one'],
    ['E', 'an event of the selection, or the type of the taken one'],
    ['S', 'the same words elsewhere: look, then label'],
    ['Del', 'take the label away'],
    ['F', 'the selection is one more part of the taken label'],
    ['0', 'the selection is not labelled: unknown; again: it is'],
  ]],
  ['Mention', [
    ['Q', 'its actor: look it up or make one'],
    ['L', 'its level'],
    ['M', 'stands for something else (metonym)'],
    ['H', 'its head is the selection, else the next word of it'],
  ]],
  ['Event', [
    ['A', 'fill a role of the event, or of the one that was taken last: its letter, then who fills it (the selection, the taken mention, or one of the list)'],
    ['R', 'realis'],
    ['O C U', 'modes, contexts, auxiliaries'],
    ['K D', 'the happening (hopper), across articles; what it is part of'],
    ['⇧E', 'its CAMEO code'],
    ['G', 'who reports it; ⇧G: the selection is the reporting verb'],
    ['J', 'whether it is quoted'],
  ]],
  ['Work', [
    ['Z Y', 'undo, redo (also Ctrl Z, Ctrl ⇧ Z)'],
    ['V', 'arcs between events and what fills their roles'],
    ['T', 'the article is done, or not yet'],
    ['B', 'labels of others, once the article is done'],
    ['?', 'this list'],
  ]],
]

// command is the name of what a key asks for, null for nothing.
export function command(e) {
  const ctrl = e.ctrlKey || e.metaKey
  const by = (e.code === 'ArrowRight' || e.code === 'ArrowDown') ? 1 : -1
  if (/^Arrow/.test(e.code)) {
    const side = /Left|Right/.test(e.code)
    return { name: 'move', side, by, unit: side ? (ctrl || e.altKey ? 'word' : 'grapheme') : 'sentence', extend: e.shiftKey }
  }
  if (ctrl) {
    if (e.code === 'KeyZ') return { name: e.shiftKey ? 'redo' : 'undo' }
    if (e.code === 'KeyY') return { name: 'redo' }
    return null
  }
  if (e.key === '?') return { name: 'help' }
  if (/^(Digit|Numpad)[1-9]$/.test(e.code) && !e.shiftKey) return { name: 'type', n: Number(e.code.slice(-1)) }
  if (e.code === 'BracketLeft' || e.code === 'BracketRight') {
    return { name: 'edge', first: e.code === 'BracketLeft', out: !e.shiftKey, unit: e.altKey ? 'grapheme' : 'word' }
  }
  if (e.altKey) return null
  const plain = {
    Home: 'home', End: 'end', KeyN: 'next', KeyP: 'previous', Enter: 'take', Period: 'nextArticle', Comma: 'previousArticle',
    KeyX: 'peel', Escape: 'nothing', KeyS: 'same', Delete: 'drop', Backspace: 'drop', KeyF: 'fragment', Digit0: 'region', Numpad0: 'region',
    KeyQ: 'actor', KeyL: 'level', KeyM: 'metonym', KeyH: 'head', KeyE: 'event', KeyA: 'argument', KeyR: 'realis', KeyO: 'modes',
    KeyC: 'contexts', KeyU: 'auxiliaries', KeyK: 'hopper', KeyJ: 'quoted', KeyD: 'partOf', KeyZ: 'undo', KeyY: 'redo', KeyV: 'arcs', KeyT: 'done', KeyB: 'others',
  }
  const shifted = { KeyW: 'wordLess', KeyI: 'fix', KeyG: 'cue', KeyE: 'cameo', Home: 'home', End: 'end' }
  const unshifted = { KeyW: 'word', KeyI: 'finding', KeyG: 'source' }
  const name = (e.shiftKey ? shifted[e.code] : unshifted[e.code]) || (!e.shiftKey && plain[e.code])
  return name ? { name, extend: e.shiftKey } : null
}
