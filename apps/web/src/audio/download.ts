/** Saves what an address of ours answers with; the server names it. */
export function download(url: string, name = ''): void {
  const link = document.createElement('a')
  link.href = url
  link.download = name
  document.body.append(link)
  link.click()
  link.remove()
}

/** All sound of a conversation: one file, or an archive of several. */
export const downloadAll = (conversationId: string): void =>
  download(`/api/v1/conversations/${conversationId}/audio/download`)
