/** HTML as strings, escaped unless it is HTML already. */

/** Text that is safe to put into a page. Only `html` and `safe` make it. */
export type Html = string & { readonly isHtml: unique symbol }

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

export const safe = (text: string): Html => text.replace(/[&<>"']/g, (char) => ESCAPES[char]!) as Html

/** Puts parts into a template; lists are joined. What is put in must be safe: HTML, or a word of ours. */
export function html(strings: TemplateStringsArray, ...parts: (Html | Html[] | string)[]): Html {
  return String.raw({ raw: strings }, ...parts.map((part) => (Array.isArray(part) ? part.join('') : part))) as Html
}

export const code = (text: string): Html => html`<code>${safe(text)}</code>`

/** The address of a shape on the page; operations have their own ids. */
export const idOf = (name: string): Html => safe(`shape-${name}`)

/** The little Markdown that descriptions use: paragraphs, code and strong. */
export function prose(text: string): Html {
  const paragraphs = text.split(/\n{2,}/).map((paragraph) =>
    safe(paragraph)
      .replace(/`([^`]+)`/g, '<code>$1</code>')
      .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>'),
  )
  return paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join('\n') as Html
}
