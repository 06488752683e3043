/** Only that there is a conversation is kept on the customer's page; the visitor's token stays in the frame. */

const nameOf = (channelKey: string) => `earshot:${channelKey}`

export function remember(channelKey: string, known: boolean): void {
  try {
    if (known) localStorage.setItem(nameOf(channelKey), '1')
    else localStorage.removeItem(nameOf(channelKey))
  } catch {
    // storage is forbidden here: unread messages then show once the chat is opened
  }
}

export function isRemembered(channelKey: string): boolean {
  try {
    return localStorage.getItem(nameOf(channelKey)) !== null
  } catch {
    return false
  }
}
