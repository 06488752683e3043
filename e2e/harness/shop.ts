/** A customer's shop: another origin, several pages, one of them changed by script, a form with secrets in it, and the widget. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ForeignPage } from './foreign-page.ts'

export async function serveShop(snippet: string): Promise<ForeignPage> {
  const server = createServer((request, reply) => {
    const { pathname } = new URL(request.url ?? '/', 'http://shop')
    if (!/^\/(kettles|pans|offers)?$/.test(pathname)) return void reply.writeHead(404).end()
    reply.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(pageWith(pathname, snippet))
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

const pageWith = (path: string, snippet: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Shop ${path}</title><link rel="icon" href="data:,"></head>
<body>
<main style="min-height:3000px">
<h1>Shop</h1>
<a href="/kettles">Kettles</a>
<button type="button" data-earshot-click="Buy now">Buy</button>
<button type="button" id="spa" onclick="history.pushState({}, '', '/pans'); document.title = 'Pans, by script'">Pans</button>
<form name="order" onsubmit="event.preventDefault()">
<input name="email" value="ada@example.com">
<input name="password" type="password" value="hunter2-secret">
<input name="card_number" value="4111111111111111">
<input name="cc" autocomplete="cc-csc" value="737">
<input name="city" value="Turku">
<button>Order</button>
</form>
</main>
${snippet}
</body></html>
`
