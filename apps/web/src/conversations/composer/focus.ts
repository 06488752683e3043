/** Puts the cursor into the reply, once it is on screen. */
export function focusReply(): void {
  let tries = 20
  const look = () => {
    const field = document.querySelector<HTMLTextAreaElement>('[data-composer]')
    // A dialog that is closing still holds the focus for a moment.
    if (field && !document.querySelector('.overlay')) field.focus()
    else if (tries-- > 0) setTimeout(look, 50)
  }
  look()
}
