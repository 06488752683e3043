/** The button and the panel, apart from the page in a shadow tree of their own. */
import { addStyle, SMALL, textOn } from './style.ts'
import { words } from './texts.ts'

const SHAPES = {
  open: 'M7.9 20A9 9 0 1 0 4 16.1L2 22Z',
  close: 'm6 9 6 6 6-6',
}

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
  panel.id = 'panel'
  panel.hidden = true
  panel.setAttribute('role', 'dialog')
  panel.setAttribute('aria-label', words.chat)
  button.type = 'button'
  button.hidden = true
  button.setAttribute('aria-controls', panel.id)
  badge.setAttribute('aria-hidden', 'true')
  button.append(icon.svg, badge)
  root.append(panel, button)
  document.body.append(host)

  const small = matchMedia(SMALL)
  const holdFocus = focusHolder(host, panel)
  let isOpen = false
  let unread = 0

  const draw = () => {
    const name = isOpen ? words.close : words.open
    button.setAttribute('aria-label', unread > 0 ? `${name}, ${words.unread.replace('#', String(unread))}` : name)
    button.setAttribute('aria-expanded', String(isOpen))
    badge.textContent = unread > 99 ? '99+' : String(unread)
    badge.hidden = unread === 0 || isOpen
    icon.path.setAttribute('d', SHAPES[isOpen ? 'close' : 'open'])
    panel.hidden = !isOpen
    holdFocus(isOpen && small.matches)
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
      host.style.setProperty('--on', textOn(color))
    },
    setVisible(visible) {
      button.hidden = !visible
    },
    setUnread(count) {
      unread = count
      draw()
    },
    hold(frame) {
      frame.title = words.chat
      panel.append(frame)
    },
    setOpen(open) {
      if (open === isOpen) return
      isOpen = open
      draw()
      if (open) panel.querySelector('iframe')?.focus()
      else button.focus()
    },
  }
}

/** On a small screen the chat is all there is: the page behind it neither scrolls nor takes the focus. */
function focusHolder(host: Element, panel: Element): (modal: boolean) => void {
  const page = document.documentElement.style
  let overflow = ''
  let inert: Element[] = []
  return (modal) => {
    if (modal === panel.hasAttribute('aria-modal')) return
    if (modal) {
      panel.setAttribute('aria-modal', 'true')
      overflow = page.overflow
      page.overflow = 'hidden'
      inert = [...document.body.children].filter((element) => element !== host && !element.hasAttribute('inert'))
      for (const element of inert) element.setAttribute('inert', '')
    } else {
      panel.removeAttribute('aria-modal')
      page.overflow = overflow
      for (const element of inert) element.removeAttribute('inert')
    }
  }
}

function drawIcon(): { svg: SVGSVGElement; path: SVGPathElement } {
  const space = 'http://www.w3.org/2000/svg'
  const svg = document.createElementNS(space, 'svg')
  const path = document.createElementNS(space, 'path')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('aria-hidden', 'true')
  svg.append(path)
  return { svg, path }
}
