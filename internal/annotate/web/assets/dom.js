// h makes an element: h('button.small', {onclick}, 'Text', child). Text is always a
// text node, whatever stands in it.
export function h(name, props, ...children) {
  const [tag, ...classes] = name.split('.')
  const e = document.createElement(tag || 'div')
  if (classes.length) e.className = classes.join(' ')
  for (const [key, value] of Object.entries(props || {})) {
    if (value === undefined || value === null || value === false) continue
    if (key.startsWith('on')) e.addEventListener(key.slice(2), value)
    else if (key in e && typeof value !== 'string') e[key] = value
    else if (key === 'value' || key === 'className') e[key] = value
    else e.setAttribute(key, value === true ? '' : value)
  }
  e.append(...children.flat(9).filter((c) => c !== null && c !== undefined && c !== false))
  return e
}

// foreign is text of an article or a table, in its own direction.
export const foreign = (text, tag = 'bdi') => h(tag, { dir: 'auto' }, text)

export const kbd = (key) => h('kbd', null, key)

// say speaks to a screen reader.
export function say(text) {
  const box = document.getElementById('spoken')
  box.textContent = ''
  box.textContent = text
}
