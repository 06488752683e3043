/** The button and the panel, apart from the page in a shadow tree of their own. */
import { addStyle, SMALL } from './style.ts'
import { close, open, unreadMessages } from './texts.ts'

const OPEN = 'M7.9 20A9 9 0 1 0 4 16.1L2 22Z'
const CLOSE = 'm6 9 6 6 6-6'

export interface Launcher {
  paint(color: string): void
  setVisible(visible: boolean): void
  setUnread(count: number): void
  /** Puts the frame into the panel. */
  hold(frame: HTMLIFrameElement): void
  setOpen(open: boolean): void
}

export function createLauncher(nonce: string, onToggle: () => void): Launcher {
  const host = document.createElement('earshot-widget')
  const root = host.attachShadow({ mode: 'open' })
  addStyle(root, nonce)
  const panel = document.createElement('div')
  const button = document.createElement('button')
  const badge = document.createElement('b')
  const icon = drawIcon()
  panel.hidden = true
  set(panel, { id: 'panel', role: 'dialog', 'aria-label': 'Chat' })
  button.hidden = true
  set(button, { type: 'button', 'aria-controls': 'panel' })
  set(badge, { 'aria-hidden': 'true' })
  button.append(icon.svg, badge)
  root.append(panel, button)
  document.documentElement.append(host) // beside the body: there before it, and untouched by what redraws it

  const small = matchMedia(SMALL)
  let isOpen = false
  let unread = 0

  const draw = () => {
    const name = isOpen ? close : open
    set(button, {
      'aria-label': unread > 0 ? `${name}, ${unreadMessages}: ${unread}` : name,
      'aria-expanded': String(isOpen),
    })
    badge.textContent = unread > 99 ? '99+' : String(unread)
    badge.hidden = unread === 0 || isOpen
    set(icon.path, { d: isOpen ? CLOSE : OPEN })
    panel.hidden = !isOpen
    holdFocus(panel, isOpen && small.matches)
  }

  button.addEventListener('click', onToggle)
  root.addEventListener('keydown', (event) => {
    if ((event as KeyboardEvent).key === 'Escape' && isOpen) onToggle()
  })
  small.addEventListener('change', draw)
  draw()

  return {
    paint(color) {
      host.style.setProperty('--c', color)
    },
    setVisible(visible) {
      button.hidden = !visible
    },
    setUnread(count) {
      unread = count
      draw()
    },
    hold(frame) {
      frame.title = 'Chat'
      panel.append(frame)
    },
    setOpen(next) {
      if (next === isOpen) return
      isOpen = next
      draw()
      if (next) panel.querySelector('iframe')?.focus()
      else button.focus()
    },
  }
}

/** On a small screen the chat is all there is: the page behind it neither scrolls nor takes the focus. */
function holdFocus(panel: Element, modal: boolean): void {
  if (modal === (panel.ariaModal === 'true')) return
  panel.ariaModal = String(modal)
  document.body.inert = modal
  document.documentElement.style.overflow = modal ? 'hidden' : ''
}

function drawIcon(): { svg: SVGSVGElement; path: SVGPathElement } {
  const space = 'http://www.w3.org/2000/svg'
  const svg = document.createElementNS(space, 'svg')
  const path = document.createElementNS(space, 'path')
  set(svg, { viewBox: '0 0 24 24', 'aria-hidden': 'true' })
  svg.append(path)
  return { svg, path }
}

function set(element: Element, attributes: Record<string, string>): void {
  for (const name in attributes) element.setAttribute(name, attributes[name]!)
}
