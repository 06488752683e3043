/** Reads TwiML as strictly as Twilio does: well formed, known verbs only. */

export interface Verb {
  name: string
  attributes: Record<string, string>
  text: string
  children: Verb[]
}

const KNOWN: Record<string, string[]> = {
  Response: [],
  Connect: [],
  Stream: ['url', 'name', 'track', 'statusCallback', 'statusCallbackMethod'],
  Parameter: ['name', 'value'],
  Redirect: ['method'],
  Pause: ['length'],
  Hangup: [],
  Reject: ['reason'],
  Say: ['voice', 'language', 'loop'],
  Play: ['loop', 'digits'],
}

/** The verbs inside `<Response>`; throws 12100 for what cannot be read, 12200 for what Twilio does not know. */
export function readTwiml(xml: string): Verb[] {
  const body = xml.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>/, '')
  const root: Verb = { name: '', attributes: {}, text: '', children: [] }
  const open: Verb[] = [root]
  const token = /<(\/?)([A-Za-z]+)((?:\s+[A-Za-z]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy
  while (token.lastIndex < body.length) {
    const found = token.exec(body)
    const parent = open.at(-1)
    if (!found || !parent) throw new Error('12100 Document parse failure')
    const [, closes, name = '', attributes = '', empty, text] = found
    if (text !== undefined) parent.text += readable(text)
    else if (closes) {
      if (parent.name !== name) throw new Error('12100 Document parse failure')
      open.pop()
    } else {
      const verb = { name, attributes: readAttributes(name, attributes), text: '', children: [] }
      parent.children.push(verb)
      if (!empty) open.push(verb)
    }
  }
  if (open.length !== 1 || root.children.length !== 1 || root.children[0]?.name !== 'Response')
    throw new Error('12100 Document parse failure')
  return root.children[0].children
}

function readAttributes(verb: string, text: string): Record<string, string> {
  const known = KNOWN[verb]
  if (!known) throw new Error(`12200 Schema validation warning: ${verb}`)
  const found = Object.fromEntries(
    [...text.matchAll(/([A-Za-z]+)="([^"]*)"/g)].map(([, name, value]) => [name, readable(value ?? '')]),
  )
  const odd = Object.keys(found).find((name) => !known.includes(name))
  if (odd) throw new Error(`12200 Schema validation warning: ${verb}.${odd}`)
  return found
}

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
function readable(text: string): string {
  return text.replace(/&(?:#(\d+)|([a-z]+));/g, (_, code, name) =>
    code ? String.fromCharCode(Number(code)) : (NAMED[name] ?? ''),
  )
}
