/** Only that there is a conversation is kept on the customer's page; the visitor's token stays in the frame. */

const nameOf = (channelKey: string) => `earshot:${channelKey}`

export const remember = (channelKey: string, known: boolean): void =>
  trying(() => localStorage.setItem(nameOf(channelKey), known ? '1' : ''))

export const isRemembered = (channelKey: string): boolean => !!trying(() => localStorage.getItem(nameOf(channelKey)))

/** Where storage is forbidden, unread messages show once the chat is opened. */
function trying<T>(use: () => T): T | undefined {
  try {
    return use()
  } catch {
    return undefined
  }
}
