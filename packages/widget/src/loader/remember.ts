/** What the app asks the page to keep: that there is a conversation; and, where browsers forbid frames to store, what it stores. */

const nameOf = (channelKey: string) => `earshot:${channelKey}`

export function remember(channelKey: string, value: string): void {
  try {
    localStorage.setItem(nameOf(channelKey), value)
  } catch {
    // forbidden here: unread messages then show once the chat is opened
  }
}

export function recall(channelKey: string): string {
  try {
    return localStorage.getItem(nameOf(channelKey)) ?? ''
  } catch {
    return ''
  }
}
