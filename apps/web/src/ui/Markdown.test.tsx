/** What a contact or an agent writes is hostile: it must neither run, nor load anything, nor lie about where it leads. */
import { readFileSync } from 'node:fs'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { Markdown } from './Markdown.tsx'

const html = (text: string) => renderToStaticMarkup(<Markdown text={text} />)

test('a remote image is never loaded; it becomes a link that names its host', () => {
  const shown = html('![the roof](https://spy.example/pixel.png?who=dana)')
  expect(shown).not.toContain('<img')
  expect(shown).toContain('href="https://spy.example/pixel.png?who=dana"')
  expect(shown).toContain('(spy.example)')
})

test('an image that is data, not an address, leaves only its words', () => {
  const shown = html('![plan](data:image/svg+xml;base64,AAAA)')
  expect(shown).not.toMatch(/<img|<a|base64/)
  expect(shown).toContain('plan')
})

test.each(['javascript:alert(1)', 'vbscript:x', 'data:text/html,x', 'file:///etc/passwd', '//evil.example', '/logout'])(
  'a link to %s is only text',
  (address) => {
    const shown = html(`[click](${address})`)
    expect(shown).not.toContain('href')
    expect(shown).toContain('click')
  },
)

test('a link opens elsewhere without telling where it was, and shows its host', () => {
  const shown = html('[your bank](https://evil.example/login)')
  expect(shown).toContain('rel="noopener noreferrer nofollow"')
  expect(shown).toContain('target="_blank"')
  expect(shown).toContain('(evil.example)')
})

test('a name before the @ of an address cannot pretend to be the host', () => {
  const shown = html('[pay](https://bank.example@evil.example/)')
  expect(shown).toContain('href="https://evil.example/"')
  expect(shown).toContain('(evil.example)')
})

test('a bare address says its host once', () => {
  expect(html('See https://solvang.example/rules').match(/solvang\.example/g)).toHaveLength(3) // href, title, words
})

test('HTML in a message is not HTML on the screen', () => {
  const shown = html(
    '<script>alert(1)</script><img src=x onerror=alert(1)><b onclick="x()">bold</b> <style>*{}</style>',
  )
  expect(shown).not.toMatch(/<script|<img|<b|<style|onerror|onclick/)
})

test('tables, lists, task lists and code are drawn', () => {
  expect(html('| a | b |\n|---|---|\n| 1 | 2 |')).toContain('<td>1</td>')
  expect(html('- [x] done')).toContain('☑ done')
  expect(html('```\n<b>\n```')).toContain('&lt;b&gt;')
})

test('headings inside a message stay out of the outline of the page', () => {
  expect(html('# Loud')).toBe('<p class="strong">Loud</p>')
})

test('whatever an agent was led to say, drawing it loads nothing and runs nothing', () => {
  const texts = readFileSync(new URL('../../../../samples/injection/attacks.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line): string => JSON.parse(line).text)
  expect(texts.length).toBeGreaterThanOrEqual(200)
  // An obedient model says the quoted part alone.
  for (const text of texts)
    for (const said of [text, /«([^»]*)»/.exec(text)?.[1] ?? ''])
      expect(html(said), said).not.toMatch(
        /<(?:img|image|script|style|link|iframe|video|svg|object)|\s(?:src|poster|on\w+)=|url\(/i,
      )
})
