/** Keys of the telephone, together: one number is typed in many strokes. */
const PAUSE_MS = 2000
const MOST = 32

export class Digits {
  private readonly done: (text: string) => void
  private pressed = ''
  private timer: NodeJS.Timeout | undefined

  constructor(done: (text: string) => void) {
    this.done = done
  }

  press(digit: string): void {
    this.pressed += digit
    clearTimeout(this.timer)
    if (digit === '#' || this.pressed.length >= MOST) this.flush()
    else this.timer = setTimeout(() => this.flush(), PAUSE_MS)
  }

  close(): void {
    clearTimeout(this.timer)
  }

  private flush(): void {
    clearTimeout(this.timer)
    const text = this.pressed
    this.pressed = ''
    if (text !== '') this.done(text)
  }
}
