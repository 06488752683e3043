/** Draws Markdown. What a message can become is exactly the elements named here; text is always text. */
import type { ComponentChildren, VNode } from 'preact'
import { type Block, parseBlocks } from './blocks.ts'
import type { Inline } from './inline.ts'

const HEADINGS = ['h3', 'h4', 'h5', 'h6'] as const

export function Markdown({ text }: { text: string }): VNode {
  return <div class="md">{parseBlocks(text).map(drawBlock)}</div>
}

export function drawBlock(block: Block): VNode {
  switch (block.is) {
    case 'paragraph':
      return <p dir="auto">{drawInline(block.inside)}</p>
    case 'heading': {
      const Heading = HEADINGS[Math.min(block.level, HEADINGS.length) - 1]!
      return <Heading dir="auto">{drawInline(block.inside)}</Heading>
    }
    case 'code':
      return (
        <pre dir="ltr">
          <code>{block.text}</code>
        </pre>
      )
    case 'quote':
      return <blockquote dir="auto">{block.blocks.map(drawBlock)}</blockquote>
    case 'list':
      return drawList(block)
    case 'table':
      return drawTable(block)
    case 'line':
      return <hr />
  }
}

function drawList({ start, items }: Extract<Block, { is: 'list' }>): VNode {
  // An item of one paragraph is drawn tight.
  const inside = (blocks: Block[]): ComponentChildren => {
    const [first, ...rest] = blocks
    return first?.is === 'paragraph' ? [drawInline(first.inside), rest.map(drawBlock)] : blocks.map(drawBlock)
  }
  const list = items.map((blocks) => <li dir="auto">{inside(blocks)}</li>)
  return start === null ? <ul>{list}</ul> : <ol start={start}>{list}</ol>
}

function drawTable({ head, rows, align }: Extract<Block, { is: 'table' }>): VNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by keyboard too
    <div class="wide" tabIndex={0}>
      <table>
        <thead>
          <tr>
            {head.map((cell, i) => (
              <th dir="auto" class={align[i]}>
                {drawInline(cell)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              {row.map((cell, i) => (
                <td dir="auto" class={align[i]}>
                  {drawInline(cell)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

export const drawInline = (nodes: Inline[]): ComponentChildren => nodes.map(drawOne)

function drawOne(node: Inline): ComponentChildren {
  switch (node.is) {
    case 'text':
      return node.text
    case 'code':
      return <code>{node.text}</code>
    case 'break':
      return <br />
    case 'link':
      return drawLink(node)
    case 'strong':
      return <strong>{drawInline(node.inside)}</strong>
    case 'em':
      return <em>{drawInline(node.inside)}</em>
    case 'del':
      return <del>{drawInline(node.inside)}</del>
  }
}

/** Words that look like another address than the one behind them are followed by the true one. */
function drawLink({ href, host, inside }: Extract<Inline, { is: 'link' }>): ComponentChildren {
  const words = textOf(inside)
  const pretends = /[\w-]\.[a-z]{2,}|:\/\//i.test(words) && !words.toLowerCase().includes(host.toLowerCase())
  return [
    <a href={href} title={href} target="_blank" rel="noopener noreferrer nofollow">
      {drawInline(inside)}
    </a>,
    pretends ? ` (${host})` : '',
  ]
}

const textOf = (nodes: Inline[]): string =>
  nodes.map((node) => ('text' in node ? node.text : 'inside' in node ? textOf(node.inside) : ' ')).join('')
