/** Whatever a message holds, only harmless elements come of it, quickly; and what people write on purpose looks right. */
import type { ComponentChild, VNode } from 'preact'
import { describe, expect, test } from 'vitest'
import { Markdown } from './Markdown.tsx'

const ALLOWED: Record<string, string[]> = {
  div: ['class', 'tabIndex'],
  p: ['dir'],
  h3: ['dir'],
  h4: ['dir'],
  h5: ['dir'],
  h6: ['dir'],
  pre: ['dir'],
  code: [],
  blockquote: ['dir'],
  ul: [],
  ol: ['start'],
  li: ['dir'],
  table: [],
  thead: [],
  tbody: [],
  tr: [],
  th: ['dir', 'class'],
  td: ['dir', 'class'],
  hr: [],
  br: [],
  strong: [],
  em: [],
  del: [],
  a: ['href', 'title', 'target', 'rel'],
}

interface Seen {
  html: string
  hrefs: string[]
  elements: string[]
}

/** Walks what would be drawn: refuses every element and attribute beyond the list, and writes the rest down. */
function draw(text: string): Seen {
  const seen: Seen = { html: '', hrefs: [], elements: [] }
  walk(Markdown({ text }), seen)
  return seen
}

function walk(child: ComponentChild | ComponentChild[], seen: Seen): void {
  if (child === null || child === undefined || typeof child === 'boolean') return
  if (Array.isArray(child)) for (const one of child) walk(one, seen)
  else if (typeof child === 'object') walkElement(child as VNode<Record<string, unknown>>, seen)
  else seen.html += String(child)
}

function walkElement({ type, props }: VNode<Record<string, unknown>>, seen: Seen): void {
  expect(typeof type, 'an element').toBe('string')
  const name = type as string
  const allowed = ALLOWED[name]
  expect(allowed, `<${name}>`).toBeDefined()
  const { children, ...attributes } = props
  for (const attribute of Object.keys(attributes)) expect(allowed, `<${name} ${attribute}>`).toContain(attribute)
  if (name === 'a') {
    const href = String(attributes.href)
    expect(new URL(href).protocol).toMatch(/^(https?|mailto|tel):$/)
    expect(attributes).toMatchObject({ target: '_blank', rel: expect.stringContaining('noopener') })
    seen.hrefs.push(href)
  }
  seen.elements.push(name)
  seen.html += `<${name}>`
  walk(children as ComponentChild, seen)
  seen.html += `</${name}>`
}

const schemes = [
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' javascript:alert(1)',
  'java\nscript:alert(1)',
  'java\tscript:alert(1)',
  '\u0001javascript:alert(1)',
  'javascript&colon;alert(1)',
  '&#106;avascript:alert(1)',
  '%6aavascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'data:text/html;base64,PHNjcmlwdD4=',
  'vbscript:msgbox(1)',
  'file:///etc/passwd',
  'blob:https://x/1',
  'about:blank',
  'view-source:https://x',
  'intent://x#Intent;end',
  'ws://x',
  '//evil.example',
  '/relative',
  '?query',
  '#fragment',
  'https:',
  'javascript://%0aalert(1)',
  'jav&#x09;ascript:alert(1)',
]
const html = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
  '<iframe srcdoc="<script>alert(1)</script>">',
  '<a href="javascript:alert(1)">x</a>',
  '<form action="https://evil.example"><input name=password>',
  '<style>*{background:url(https://evil.example)}</style>',
  '<base href="https://evil.example/">',
  '<meta http-equiv=refresh content="0;url=javascript:alert(1)">',
  '<object data="data:text/html,x">',
  '<details open ontoggle=alert(1)>',
  '<!-- --><img src=x onerror=alert(1)>',
  '<![CDATA[<script>alert(1)</script>]]>',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '"><script>alert(1)</script>',
  "'-alert(1)-'",
  '{{constructor.constructor("alert(1)")()}}',
]
const wraps = [
  (s: string) => s,
  (s: string) => `**${s}**`,
  (s: string) => `# ${s}`,
  (s: string) => `- ${s}\n  1. ${s}`,
  (s: string) => `> ${s}`,
  (s: string) => `\`${s}\``,
  (s: string) => `\`\`\`${s}\n${s}\n\`\`\``,
  (s: string) => `| ${s} | b |\n|---|---|\n| ${s} | ${s} |`,
  (s: string) => `[x](${s})`,
  (s: string) => `[x](<${s}>)`,
  (s: string) => `![x](${s})`,
  (s: string) => `![${s}](https://ok.example/a.png "${s}")`,
  (s: string) => `[${s}](${s} '${s}')`,
  (s: string) => `<${s}>`,
  (s: string) => `[a][b]\n\n[b]: ${s}`,
  (s: string) => `[![x](${s})](${s})`,
]

describe('hostile messages', () => {
  const hostile = [...schemes, ...html].flatMap((s) => wraps.map((wrap) => wrap(s)))

  test(`${hostile.length} of them become harmless elements only`, () => {
    for (const text of hostile) draw(text)
  })

  test.each(schemes)('no link leads to %j', (scheme) => {
    expect(draw(`[x](${scheme})`).hrefs).toEqual([])
  })

  test.each(html)('%j stays text', (text) => {
    const { elements, html: drawn } = draw(text)
    expect(elements.filter((e) => !['div', 'p', 'a', 'br', 'em'].includes(e))).toEqual([])
    expect(drawn).toContain(text.slice(0, 3))
  })

  test('an image is a link, and nothing is loaded', () => {
    expect(draw('![a cat](https://evil.example/beacon.png?who=me)')).toMatchObject({
      hrefs: ['https://evil.example/beacon.png?who=me'],
      elements: ['div', 'p', 'a'],
    })
  })

  test('a link that pretends to lead elsewhere says where it leads', () => {
    expect(draw('[https://bank.example](https://evil.example/login)').html).toContain('(evil.example)')
    expect(draw('[bank.example](https://bank.example@evil.example)')).toMatchObject({
      hrefs: ['https://evil.example/'],
      html: expect.stringContaining('(evil.example)'),
    })
    expect(draw('[our shop](https://shop.example)').html).not.toContain('(')
  })

  test.each([
    ['*', '*'.repeat(16_000)],
    ['* a', '*a '.repeat(5000)],
    ['** a', '**a '.repeat(4000)],
    ['_', '_a '.repeat(5000)],
    ['[', '['.repeat(16_000)],
    ['[](', '[]('.repeat(5000)],
    ['![', '!['.repeat(8000)],
    ['`', Array.from({ length: 170 }, (_, i) => '`'.repeat(i)).join(' ')],
    ['>', '>'.repeat(16_000)],
    ['> >', `${'> '.repeat(8000)}x`],
    ['- -', `${'- '.repeat(7999)}x`],
    ['nested lists', Array.from({ length: 170 }, (_, i) => `${' '.repeat(i)}- x`).join('\n')],
    ['|', `${'|'.repeat(8000)}\n${'|-'.repeat(4000)}`],
    ['<http', '<https://'.repeat(1700)],
    ['https', 'https://a'.repeat(1700)],
    ['~', '~~a '.repeat(4000)],
    ['#', `# ${'# '.repeat(7999)}`],
    ['\\', '\\'.repeat(16_000)],
    ['((', `[x](${'('.repeat(15_000)}`],
  ])('16,000 characters of %s are drawn without hanging', (_, text) => {
    draw(text) // quadratic cost would take minutes here, and the test would time out
  })
})

test.each([
  ['**bold** and *it* and ~~no~~', '<p><strong>bold</strong> and <em>it</em> and <del>no</del></p>'],
  ['***both***', '<p><strong><em>both</em></strong></p>'],
  ['__bold__ _it_ snake_case_name', '<p><strong>bold</strong> <em>it</em> snake_case_name</p>'],
  ['2 * 3 * 4 = 24', '<p>2 * 3 * 4 = 24</p>'],
  ['`a **b** <i>` ``x`y``', '<p><code>a **b** <i></code> <code>x`y</code></p>'],
  ['\\*not\\* \\[x\\](y)', '<p>*not* [x](y)</p>'],
  ['one\ntwo\n\nthree', '<p>one<br></br>two</p><p>three</p>'],
  ['# Title #\ntext', '<h3>Title</h3><p>text</p>'],
  ['- a\n- b\n  - c\n\nafter', '<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul><p>after</p>'],
  ['3. three\n4. four', '<ol><li>three</li><li>four</li></ol>'],
  ['> quoted\n> more', '<blockquote><p>quoted<br></br>more</p></blockquote>'],
  ['```ts\nlet a = 1 < 2\n```\nend', '<pre><code>let a = 1 < 2</code></pre><p>end</p>'],
  ['```\nstill being written', '<pre><code>still being written</code></pre>'],
  ['a\n\n---\n\nb', '<p>a</p><hr></hr><p>b</p>'],
  [
    '| A | B |\n|:-:|--:|\n| 1 | **2** |',
    '<div><table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>1</td><td><strong>2</strong></td></tr></tbody></table></div>',
  ],
  ['See [the **price** list](https://x.example/p).', '<p>See <a>the <strong>price</strong> list</a>.</p>'],
  ['Go to https://x.example/a_(b). Now', '<p>Go to <a>https://x.example/a_(b)</a>. Now</p>'],
  ['**half bold', '<p>**half bold</p>'],
])('%j is drawn as its writer meant it', (text, drawn) => {
  expect(draw(text).html).toBe(`<div>${drawn}</div>`)
})
