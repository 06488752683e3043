/** Markdown from contacts and agents: hostile until proven otherwise. No HTML, no remote images, honest links. */
import type { ReactNode } from 'react'
import ReactMarkdown, { type Components } from 'react-markdown'
import rehypeSanitize from 'rehype-sanitize'
import remarkGfm from 'remark-gfm'
import { safeLink } from './safe-link.ts'
import { useWords } from './words.tsx'

const plugins = { remark: [remarkGfm], rehype: [rehypeSanitize] }

const components: Components = {
  a: ({ href, children }) => <SafeLink href={href}>{children}</SafeLink>,
  // A remote image would tell its host who reads this and when: it becomes a link instead.
  img: ({ src, alt }) => <ImageLink src={typeof src === 'string' ? src : undefined} alt={alt} />,
  // Headings inside a bubble must not disturb the page's outline.
  h1: ({ children }) => <p className="strong">{children}</p>,
  h2: ({ children }) => <p className="strong">{children}</p>,
  h3: ({ children }) => <p className="strong">{children}</p>,
  h4: ({ children }) => <p className="strong">{children}</p>,
  h5: ({ children }) => <p className="strong">{children}</p>,
  h6: ({ children }) => <p className="strong">{children}</p>,
  pre: ({ children }) => <pre className="json">{children}</pre>,
  // A box that nobody can tick is a picture; as a character it is also read aloud.
  input: ({ checked }) => (checked ? '☑' : '☐'),
}

export function Markdown({ text }: { text: string }) {
  return (
    <ReactMarkdown remarkPlugins={plugins.remark} rehypePlugins={plugins.rehype} components={components} skipHtml>
      {text}
    </ReactMarkdown>
  )
}

/** A link that opens elsewhere and says where, so that its words cannot lie about it. */
function SafeLink({ href, children }: { href?: string; children?: ReactNode }) {
  const link = safeLink(href)
  if (!link) return <span>{children}</span>
  return (
    <a className="link" href={link.href} target="_blank" rel="noopener noreferrer nofollow" title={link.href}>
      {children}
      {link.host && !said(children, link.host) && <span className="small"> ({link.host})</span>}
    </a>
  )
}

function ImageLink({ src, alt }: { src?: string; alt?: string }) {
  const words = useWords()
  const link = safeLink(src)
  const label = alt || words.imageFrom(link?.host ?? '?')
  return link ? <SafeLink href={link.href}>{label}</SafeLink> : <span>{label}</span>
}

/** Whether the words of the link already name the host. */
const said = (children: ReactNode, host: string) => typeof children === 'string' && children.includes(host)
