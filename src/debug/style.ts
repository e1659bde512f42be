/** The look of the panel. It stands in its own shadow root: nothing of the shop's leaks in, nothing of ours out. */
export const STYLE = `
:host {
  /* Important rules of a shadow root win over the page's, important ones too: https://drafts.csswg.org/css-cascade/#cascade-context */
  all: initial !important; position: fixed !important; inset: auto auto 12px 12px !important; z-index: 2147483647 !important;
  font: 13px/19px system-ui, sans-serif !important; color-scheme: light dark !important; text-align: start !important;
  --ink: #1d2422; --faint: #56605c; --line: #d0d7d4; --paper: #fff; --under: #f2f5f3; --accent: #1f5c4c; --on-accent: #fff;
  --good: #1c6b3a; --wait: #8a4b00; --bad: #a4262c;
}
@media (prefers-color-scheme: dark) {
  :host {
    --ink: #e9eeeb; --faint: #a9b4af; --line: #3c4643; --paper: #171c1b; --under: #202725; --accent: #8fd6bf; --on-accent: #10201b;
    --good: #7fd39b; --wait: #f2b866; --bad: #ff9a96;
  }
}
@media print { .panel, .pill { display: none !important; } }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
.panel {
  display: flex; flex-direction: column; inline-size: 430px; max-inline-size: calc(100vw - 24px); block-size: min(680px, calc(100vh - 24px));
  background: var(--paper); color: var(--ink); border: 1px solid var(--line); border-radius: 10px; box-shadow: 0 8px 32px rgb(0 0 0 / .28); overflow: hidden;
}
.head { display: flex; align-items: center; gap: 8px; padding: 8px 12px; border-block-end: 1px solid var(--line); background: var(--under); }
h1 { font-size: 14px; margin: 0; flex: 1; } h1 small { font-weight: 400; color: var(--faint); }
h2 { font-size: 13px; margin: 14px 0 4px; }
.tabs { display: flex; border-block-end: 1px solid var(--line); background: var(--under); padding-inline: 6px; }
.tabs button { flex: auto; border: 0; border-radius: 0; border-block-end: 2px solid transparent; background: none; color: var(--faint); padding: 6px; }
.tabs button[aria-selected="true"] { color: var(--ink); border-color: var(--accent); font-weight: 600; }
.badge:not(:empty) { margin-inline-start: 4px; padding: 0 6px; border-radius: 99px; background: var(--bad); color: var(--paper); font-weight: 600; }
.body { overflow-y: auto; padding: 10px 12px; flex: 1; overscroll-behavior: contain; }
.body:has(.timeline) { display: flex; flex-direction: column; } .body > :has(> .timeline) { flex: 1; min-block-size: 0; display: flex; flex-direction: column; }
.said { margin: 0; padding: 6px 12px; border-block-start: 1px solid var(--line); background: var(--under); color: var(--faint); }
dl { display: grid; grid-template-columns: 6.2em 1fr; gap: 3px 8px; margin: 0; } dt { color: var(--faint); } dd { margin: 0; overflow-wrap: anywhere; }
p { margin: 4px 0; } .faint { color: var(--faint); } .good { color: var(--good); } .wait { color: var(--wait); } .bad { color: var(--bad); }
ul, ol { list-style: none; margin: 0; padding: 0; }
.tells { display: flex; flex-wrap: wrap; gap: 4px; margin-block: 4px; } .tells li { border: 1px solid var(--line); border-radius: 99px; padding: 0 8px; font-size: 12px; }
.tells .no { color: var(--faint); text-decoration: line-through; }
.timeline { flex: 1; min-block-size: 0; overflow-y: auto; border: 1px solid var(--line); border-radius: 6px; background: var(--under); padding: 4px 8px; }
.timeline li { display: grid; grid-template-columns: 5em 1fr; gap: 8px; padding-block: 3px; border-block-end: 1px solid var(--line); } .timeline li:last-child { border: 0; }
time { color: var(--faint); font-variant-numeric: tabular-nums; font-size: 12px; }
.timeline b { font-weight: 600; } .timeline span { display: block; overflow-wrap: anywhere; }
.row { display: flex; flex-wrap: wrap; gap: 6px; align-items: center; margin-block: 6px; }
button, select, input { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--faint); border-radius: 6px; padding: 4px 10px; min-block-size: 28px; }
button { cursor: pointer; } button:hover { background: var(--under); } button[aria-pressed="true"], button.main { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
button:disabled { opacity: .55; cursor: default; }
input { inline-size: 100%; } label { display: block; color: var(--faint); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
summary { cursor: pointer; color: var(--faint); }
.pill { color: var(--ink); display: flex; align-items: center; gap: 6px; border-radius: 99px; box-shadow: 0 2px 10px rgb(0 0 0 / .3); padding: 6px 14px; }
.unseen { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (max-width: 520px) {
  :host { inset: auto 0 0 0 !important; }
  .panel { inline-size: 100vw; max-inline-size: none; block-size: 72vh; border-radius: 12px 12px 0 0; border-inline: 0; border-block-end: 0; }
  .pill { margin: 0 0 12px 12px; }
}`;
