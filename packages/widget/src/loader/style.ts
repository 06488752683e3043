/** How launcher and panel look. A constructed style sheet: it needs no permission in the page's content security policy. */

export const SMALL = '(max-width: 480px), (max-height: 480px)'

const css = `:host{all:initial;--c:#7448d8;color-scheme:light dark}
*{box-sizing:border-box}
[hidden]{display:none!important}
button,div{position:fixed;z-index:2147483000;inset-block-end:20px;inset-inline-end:20px;border:0;border-radius:18px;box-shadow:0 8px 32px -4px rgb(0 0 0/.34),0 0 0 1px rgb(0 0 0/.08)}
button{width:56px;height:56px;padding:0;background:var(--c);color:#fff;color:oklch(from var(--c) clamp(.1,(.57 - l)*1000,1) 0 0);display:grid;place-items:center;cursor:pointer}
button:focus-visible{outline:3px solid var(--c);outline-offset:3px}
svg{width:24px;height:24px;fill:none;stroke:currentColor;stroke-width:1.75;stroke-linecap:round;stroke-linejoin:round}
b{position:absolute;inset-block-start:-5px;inset-inline-end:-5px;min-width:18px;padding:0 5px;border-radius:9px;background:#c0271f;color:#fff;box-shadow:0 0 0 2px Canvas;font:600 11px/18px system-ui}
div{inset-block-end:88px;width:384px;height:620px;max-height:calc(100dvh - 108px);overflow:clip;background:Canvas}
iframe{display:block;width:100%;height:100%;border:0}
@keyframes in{from{opacity:0;transform:translateY(8px)}}
@media ${SMALL}{div{inset:0;width:auto;height:auto;max-height:none;border-radius:0}[aria-expanded=true]{display:none}}
@media (prefers-reduced-motion:no-preference){div{animation:in .18s}}
@media (forced-colors:active){button,div{border:1px solid}}`

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
