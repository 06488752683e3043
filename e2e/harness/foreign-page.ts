/** A customer's website: another origin, a page with nothing but text and the widget's snippet, as its owner would paste it. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface ForeignPage {
  url: string
  origin: string
  stop(): Promise<void>
}

export async function serveForeignPage(snippet: string): Promise<ForeignPage> {
  const server = createServer((request, reply) => {
    if (request.url !== '/' && !request.url?.startsWith('/?')) return void reply.writeHead(404).end()
    reply.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(pageWith(snippet))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`
  return {
    url: `${origin}/`,
    origin,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const pageWith = (snippet: string): string => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Hearth &amp; Kettle</title><link rel="icon" href="data:,">
<style>body{margin:0;font:17px/1.6 Georgia,serif;color:#2f2a25;background:#faf7f2}main{max-width:30rem;padding:12vh 8vw}h1{font-weight:400;font-size:2.6rem}a{color:#7a4a21}</style>
</head>
<body>
<main>
<h1>Hearth &amp; Kettle</h1>
<p>Enamel kettles, cast iron pans and slow mornings. Free shipping for orders over 50.</p>
<p><a href="#kettles">Kettles</a></p>
</main>
${snippet}
</body>
</html>
`
