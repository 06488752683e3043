/** How launcher and panel look. A constructed style sheet: it needs no permission in the page's content security policy. */

export const SMALL = '(max-width: 480px), (max-height: 480px)'

const css = `
:host{all:initial;--c:#7448d8;--on:#fff;color-scheme:light dark}
*{box-sizing:border-box}
[hidden]{display:none!important}
button{position:fixed;z-index:2147483000;inset-block-end:20px;inset-inline-end:20px;width:56px;height:56px;padding:0;border:0;border-radius:18px;
background:var(--c);color:var(--on);display:grid;place-items:center;cursor:pointer;font:600 11px/18px system-ui,sans-serif;
box-shadow:0 0 0 1px rgb(0 0 0/.06),0 4px 12px -2px rgb(0 0 0/.16),0 12px 32px -8px rgb(0 0 0/.26);transition:transform .15s}
button:hover{transform:scale(1.04)}
button:focus-visible{outline:3px solid var(--c);outline-offset:3px}
svg{width:24px;height:24px;fill:none;stroke:currentColor;stroke-width:1.75;stroke-linecap:round;stroke-linejoin:round}
b{position:absolute;inset-block-start:-5px;inset-inline-end:-5px;min-width:18px;height:18px;padding:0 5px;border-radius:9px;background:#c0271f;color:#fff;
box-shadow:0 0 0 2px Canvas;text-align:center;font-weight:600}
div{position:fixed;z-index:2147483000;inset-block-end:88px;inset-inline-end:20px;width:384px;height:620px;max-height:calc(100dvh - 108px);
border-radius:18px;overflow:hidden;background:Canvas;
box-shadow:0 0 0 1px rgb(0 0 0/.09),0 10px 24px -6px rgb(0 0 0/.2),0 32px 72px -16px rgb(0 0 0/.34);animation:in .18s cubic-bezier(.2,.8,.2,1)}
iframe{display:block;width:100%;height:100%;border:0}
@keyframes in{from{opacity:0;transform:translateY(8px)}}
@media ${SMALL}{div{inset:0;width:auto;height:auto;max-height:none;border-radius:0}}
@media (prefers-reduced-motion:reduce){*{animation:none!important;transition:none!important}}
@media (forced-colors:active){button,div{border:1px solid CanvasText}}
`

/** Adds the style, in a way that even a strict page allows; `nonce` helps where sheets cannot be constructed. */
export function addStyle(root: ShadowRoot, nonce: string): void {
  try {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    root.adoptedStyleSheets = [sheet]
  } catch {
    const style = document.createElement('style')
    style.nonce = nonce
    style.textContent = css
    root.append(style)
  }
}

/** Black or white, whichever is easier to read on `color`. */
export function textOn(color: string): string {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return part <= 0.04 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? '#111' : '#fff'
}
