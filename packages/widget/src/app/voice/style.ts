/** How a voice note looks while it is recorded: comes with its code, as a sheet made by script, which the page's policy allows. */
const sheet = new CSSStyleSheet()
sheet.replaceSync(`
.note { align-items: center; min-height: 46px; }
.rec { width: 10px; height: 10px; border-radius: 50%; background: var(--bad); animation: blink 1.4s steps(2) infinite; flex: none; margin-inline-start: 4px; }
.level { flex: 1; min-width: 0; height: 6px; border-radius: 3px; margin-inline: 8px; background: linear-gradient(var(--brand-text), var(--brand-text)) no-repeat 0 0 / calc(var(--level, 0) * 100%) 100% var(--hover); }
[dir="rtl"] .level { background-position-x: 100%; }
`)
document.adoptedStyleSheets.push(sheet)

export {}
