/** What a rule shows on the page, in a shadow tree of its own: a message beside the launcher, a toast, a form. Texts are only ever text. */
import type { Data, Outcome, Rule } from './parts.ts'
import { direction, words } from './texts.ts'

const TOAST_MS = 8000

type Action = Rule['action']
type Ended = (outcome: Outcome, data?: Data) => void

const css = `:host{all:initial;color-scheme:light dark}*{box-sizing:border-box}
.b,dialog{font:15px/1.45 system-ui,sans-serif;background:Canvas;color:CanvasText;border:0;border-radius:14px;box-shadow:0 8px 32px -4px rgb(0 0 0/.34),0 0 0 1px rgb(0 0 0/.08);padding:14px 16px;overflow-wrap:anywhere}
.b{position:fixed;z-index:2147482999;inset-block-end:88px;inset-inline-end:20px;width:min(300px,calc(100vw - 40px));animation:in .18s}
.t{inset:20px auto auto 50%;translate:-50%;display:flex;gap:12px;align-items:center;width:auto;max-width:min(480px,calc(100vw - 40px))}
p,h2{margin:0 0 10px;white-space:pre-line}.t p{margin:0}h2{font-size:17px}
dialog{width:min(420px,calc(100vw - 40px));padding:20px}dialog::backdrop{background:rgb(0 0 0/.4)}
button{font:inherit;font-weight:600;min-height:36px;padding:6px 14px;border-radius:9px;border:0;cursor:pointer;background:transparent;color:inherit}
.y{background:var(--c);color:#fff;color:oklch(from var(--c) clamp(.1,(.57 - l)*1000,1) 0 0)}
:focus-visible{outline:3px solid var(--c);outline-offset:2px}
label{display:block;margin-block-end:12px}small{opacity:.7}
input,textarea{display:block;width:100%;margin-block-start:4px;padding:8px 10px;font:inherit;color:inherit;background:Field;border:1px solid GrayText;border-radius:8px}
@keyframes in{from{opacity:0;transform:translateY(8px)}}
@media (prefers-reduced-motion:reduce){.b{animation:none}}`

/** Shows it; `ended` is told once how the visitor took it. Answers how to take it away. */
export function show(
  action: Exclude<Action, { do: 'redirect' }>,
  look: { color: string; nonce: string },
  ended: Ended,
): () => void {
  const host = document.createElement('earshot-trigger')
  host.style.setProperty('--c', look.color)
  const root = host.attachShadow({ mode: 'open' })
  addStyle(root, look.nonce)
  let isOver = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const end: Ended = (outcome, data) => {
    if (isOver) return
    isOver = true
    clearTimeout(timer)
    if (outcome !== 'submitted') host.remove()
    ended(outcome, data)
  }
  const gone = () => {
    isOver = true
    clearTimeout(timer)
    host.remove()
  }
  document.documentElement.append(host)
  if (action.do === 'form') drawForm(root, action, end, gone)
  else {
    const box = element('div', { class: action.do === 'toast' ? 'b t' : 'b', role: 'status', dir: 'auto' })
    box.append(element('p', {}, action.text))
    if (action.do === 'message') {
      box.append(
        button('y', words.yes, () => end('accepted')),
        button('', words.no, () => end('dismissed')),
      )
    } else {
      box.append(button('', words.close, () => end('dismissed')))
      const fade = () => {
        clearTimeout(timer)
        timer = setTimeout(gone, TOAST_MS)
      }
      box.addEventListener('pointerenter', () => clearTimeout(timer))
      box.addEventListener('focusin', () => clearTimeout(timer))
      box.addEventListener('pointerleave', fade)
      box.addEventListener('focusout', fade)
      fade()
    }
    root.append(box)
  }
  return gone
}

function drawForm(root: ShadowRoot, action: Extract<Action, { do: 'form' }>, end: Ended, gone: () => void): void {
  const dialog = element('dialog', { dir: direction, 'aria-labelledby': 't' })
  const form = element('form', { method: 'dialog', 'data-earshot-ignore': '' })
  form.append(element('h2', { id: 't', dir: 'auto' }, action.title))
  if (action.text) form.append(element('p', { dir: 'auto' }, action.text))
  for (const { key, label, type, required } of action.fields) {
    const line = element('label', {}, `${label} `)
    if (!required) line.append(element('small', {}, `(${words.optional})`))
    const attributes = { name: key, maxlength: '2000', dir: 'auto', ...(required ? { required: '' } : {}) }
    line.append(
      type === 'textarea'
        ? element('textarea', { ...attributes, rows: '3' })
        : element('input', { ...attributes, type }),
    )
    form.append(line)
  }
  form.append(
    element('button', { class: 'y' }, action.button),
    button('', words.no, () => dialog.close()),
  )
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const typed = action.fields.map(({ key }) => [key, String(new FormData(form).get(key) ?? '').trim()] as const)
    end('submitted', { fields: Object.fromEntries(typed.filter(([, value]) => value !== '')) })
    form.replaceChildren(
      element('p', { role: 'status', id: 't', dir: 'auto' }, action.thanks),
      button('y', words.close, gone),
    )
    form.querySelector('button')?.focus()
  })
  dialog.addEventListener('close', () => {
    end('dismissed')
    gone()
  })
  dialog.append(form)
  root.append(dialog)
  dialog.showModal()
}

function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Record<string, string>,
  text = '',
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name)
  for (const key in attributes) made.setAttribute(key, attributes[key]!)
  made.textContent = text
  return made
}

function button(look: string, text: string, onClick: () => void): HTMLButtonElement {
  const made = element('button', { type: 'button', class: look }, text)
  made.addEventListener('click', onClick)
  return made
}

/** A constructed sheet needs no permission of the page; where there are none, the nonce of the widget's script is used. */
function addStyle(root: ShadowRoot, nonce: string): void {
  try {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    root.adoptedStyleSheets = [sheet]
  } catch {
    const style = document.createElement('style')
    style.nonce = nonce
    style.textContent = css
    root.append(style)
  }
}
