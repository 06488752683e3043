/** Shows what was pushed while no Earshot page is before the person's eyes, and opens the conversation at a click. */
self.addEventListener('push', (event) => {
  let message = {}
  try {
    message = event.data.json()
  } catch {
    return
  }
  event.waitUntil(show(message))
})

async function show({ title, body, url, tag }) {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  // The open page tells it itself. A test is shown in any case.
  if (tag !== 'test' && pages.some((page) => page.focused)) return
  await self.registration.showNotification(String(title), {
    body: String(body),
    tag: String(tag),
    renotify: true,
    icon: '/mark.svg',
    data: { url: String(url) },
  })
}

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(open(event.notification.data.url))
})

async function open(path) {
  const url = new URL(path, self.location.origin)
  if (url.origin !== self.location.origin) return
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const [page] = pages
  if (!page) return void (await self.clients.openWindow(url.href))
  await page.focus()
  page.postMessage({ open: url.pathname })
}
