/** How a call looks. It comes with the call's code: as a sheet made by script, which the page's policy allows. */

const sheet = new CSSStyleSheet()
sheet.replaceSync(`
.call { flex: 1; min-height: 0; display: flex; flex-direction: column; }
.call .middle { flex: 1; min-height: 0; overflow-y: auto; display: flex; flex-direction: column; align-items: center; justify-content: safe center; gap: 10px; padding: 16px 20px; text-align: center; }
.call h2 { font: 620 20px/26px var(--font); letter-spacing: -0.01em; overflow-wrap: anywhere; }
.call .small { font-size: 12px; line-height: 16px; color: var(--text-3); }
.call .ways { display: flex; flex-wrap: wrap; gap: 8px; justify-content: center; margin-top: 8px; }
.call .ways .btn { min-height: 42px; padding-inline: 18px; font-size: 14px; }
.call .clock, .callbar .clock { font-variant-numeric: tabular-nums; }
.contour { display: flex; align-items: center; justify-content: center; gap: 3px; width: 100%; max-width: 360px; height: 110px; flex: none; }
.contour i { flex: 1; max-width: 4px; border-radius: 2px; background: var(--control); height: calc(4px + var(--size, 0) * 100px); }
.contour .own { background: var(--brand); }
.who-now { font: 560 12px/16px var(--font); color: var(--brand-text); }
.captions { display: flex; flex-direction: column; gap: 8px; max-width: 420px; width: 100%; }
.captions p { font: 520 16px/24px var(--font); overflow-wrap: anywhere; }
.captions p:not(:last-child) { font-size: 14px; line-height: 20px; color: var(--text-3); }
.captions .contact { color: var(--brand-text); }
.captions .operator { color: var(--person-text); }
.captions .saying { opacity: 0.82; }
.keys { display: flex; justify-content: center; gap: 28px; padding: 8px 12px 14px; flex: none; }
.keys button { display: grid; justify-items: center; gap: 6px; min-width: 56px; font: 530 11px/16px var(--font); color: var(--text-2); border-radius: 12px; }
.keys .round { width: 56px; height: 56px; border-radius: 50%; display: grid; place-items: center; background: var(--bubble); color: var(--text); }
.keys button:hover .round { background: color-mix(in oklab, var(--bubble), var(--text) 8%); }
.keys [aria-pressed="true"] .round { background: var(--ink); color: var(--on-ink); }
.keys .hang .round, .ib.hang { background: #c81e28; color: #fff; }
.keys .hang:hover .round { background: #a8141d; }
.callbar { display: flex; align-items: center; gap: 8px; padding: 6px 10px; font-size: 13px; background: var(--brand-soft); border-bottom: 1px solid var(--line); flex: none; }
.callbar .grow { flex: 1; min-width: 0; }
.pulse { width: 8px; height: 8px; border-radius: 50%; background: #c81e28; flex: none; animation: blink 1.6s steps(2) infinite; }
.call .banner { flex-wrap: wrap; justify-content: space-between; }
@media (max-height: 480px) { .contour { height: 48px; } .contour i { height: calc(3px + var(--size, 0) * 44px); } .keys .round { width: 44px; height: 44px; } }
@media (prefers-reduced-motion: reduce) { .contour { display: none; } .pulse { animation: none; } }
@media (forced-colors: active) { .contour i, .pulse { background: CanvasText; } .keys .round { border: 1px solid ButtonText; } }
`)
document.adoptedStyleSheets.push(sheet)

export {}
