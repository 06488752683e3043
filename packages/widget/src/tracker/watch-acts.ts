/** Watches what a visitor does: clicks on marked elements, and forms that are sent. Of a form only the names of its fields are read. */
import type { Data, Happened } from './parts.ts'

const MAX_NAME = 200
const MAX_FIELDS = 50
/** Not even that they are there. */
const PRIVATE = /passw|pwd|secret|token|\bpin\b|cvc|cvv|csc|card|cc[-_]|iban|account.?n|ssn|social/i

type Act = (kind: Happened['kind'], name: string, data: Data) => void

export function watchActs(act: Act): () => void {
  const onClick = ({ target }: Event) => {
    const marked = target instanceof Element ? target.closest('[data-earshot-click]') : null
    if (!marked) return
    const name = marked.getAttribute('data-earshot-click') || marked.textContent
    act('click', nameOf(name, 'click'), {})
  }
  const onSubmit = ({ target }: Event) => {
    if (!(target instanceof HTMLFormElement) || target.closest('[data-earshot-ignore]')) return
    const name = ['data-earshot-form', 'name', 'id'].map((given) => target.getAttribute(given)).find(Boolean)
    act('form', nameOf(name, 'form'), { fields: fieldsOf(target) })
  }
  document.addEventListener('click', onClick, true)
  document.addEventListener('submit', onSubmit, true)
  return () => {
    document.removeEventListener('click', onClick, true)
    document.removeEventListener('submit', onSubmit, true)
  }
}

export function fieldsOf(form: HTMLFormElement): string[] {
  const names = Array.from(form.elements).flatMap((field) => {
    const name = field.getAttribute('name') ?? ''
    const said = [name, field.id, field.getAttribute('autocomplete') ?? ''].join(' ')
    const isPrivate = /^(password|hidden)$/i.test(field.getAttribute('type') ?? '') || PRIVATE.test(said)
    return name === '' || isPrivate || field.closest('[data-earshot-ignore]') ? [] : [name.slice(0, 100)]
  })
  return [...new Set(names)].slice(0, MAX_FIELDS)
}

export const nameOf = (given: unknown, otherwise: string): string =>
  String(given ?? '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, MAX_NAME) || otherwise
