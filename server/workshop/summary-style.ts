/** How the summary looks: a file of its own that loads nothing, on a screen of any width and on paper. */
export const STYLE = `
:root {
  color-scheme: light;
  --page: #fff; --surface: #f5f8f8; --line: #dbe4e5;
  --text: #333f45; --strong: #121b1f; --muted: #56666d;
  --accent: #0b7568; --good: #17703a; --bad: #b3261e; --other: #b98a2f; --none: #e3eaeb;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    color-scheme: dark;
    --page: #10161a; --surface: #172026; --line: #2a373f;
    --text: #c9d3d9; --strong: #f1f5f7; --muted: #9cacb5;
    --accent: #67d6c5; --good: #6fd18a; --bad: #ff9a8f; --other: #d9a94e; --none: #2a373f;
  }
}
* { box-sizing: border-box }
body {
  max-width: 62rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem;
  background: var(--page); color: var(--text);
  font: 16px/1.6 system-ui, "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans KR", sans-serif;
  word-break: keep-all; overflow-wrap: anywhere; font-variant-numeric: tabular-nums;
}
h1, h2, h3, b { color: var(--strong) }
h1 { margin: 0; font-size: 2.125rem; line-height: 1.25; letter-spacing: -.01em }
h2 { margin: 3rem 0 .75rem; padding-bottom: .375rem; border-bottom: 2px solid var(--line); font-size: 1.375rem }
h3 { margin: 0; font-size: 1.0625rem }
p { margin: .25rem 0 }
ul, ol { margin: 0; padding: 0; list-style: none }
.kind { margin: 0 0 .25rem; color: var(--accent); font-weight: 700 }
.when { color: var(--muted) }
.muted, .about { color: var(--muted); font-size: .9375rem }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: .75rem; margin: 1.5rem 0 0 }
.figures div { display: flex; flex-direction: column-reverse; justify-content: flex-end; padding: .75rem 1rem; border: 1px solid var(--line); border-radius: .625rem; background: var(--surface) }
.figures dt { color: var(--muted); font-size: .9375rem }
.figures dd { margin: 0; color: var(--strong); font-size: 1.75rem; font-weight: 700; line-height: 1.3 }
.key { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; color: var(--muted); font-size: .9375rem }
.key i { display: inline-block; width: .75em; height: .75em; margin-right: .4em; border-radius: .2em }
.box { margin-top: 1rem; padding: 1rem 1.25rem; border: 1px solid var(--line); border-radius: .625rem }
.rows > li { display: grid; grid-template-columns: minmax(0, 5fr) minmax(0, 4fr) minmax(0, 4fr); gap: .125rem 1.25rem; align-items: center; padding: .4375rem 0; border-top: 1px solid var(--line) }
.rows > li:first-child { border-top: 0 }
.box > .rows { margin-top: .5rem }
.bar { display: flex; height: .75rem; overflow: hidden; border-radius: .375rem; background: var(--none) }
.bar i { min-width: 2px }
i { print-color-adjust: exact; -webkit-print-color-adjust: exact }
.bar { print-color-adjust: exact; -webkit-print-color-adjust: exact }
.passed { background: var(--good) }
.failed { background: var(--bad) }
.open { background: var(--other) }
.untried { background: var(--none) }
.share { background: var(--accent) }
.real b::after { content: " ✓ 실제 결과"; color: var(--good); font-size: .875em; white-space: nowrap }
.reason { margin-top: .75rem; padding: .5rem .875rem; border-left: 3px solid var(--good); background: var(--surface) }
.wide { width: 100%; border-collapse: collapse }
th, td { padding: .4375rem 1rem .4375rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top }
th { color: var(--muted); font-size: .9375rem; white-space: nowrap }
td:first-child { min-width: 5em; color: var(--strong); font-weight: 600 }
td:nth-child(2), td:nth-child(3) { white-space: nowrap }
td li + li { margin-top: .125rem }
footer { margin-top: 3rem; color: var(--muted); font-size: .875rem }
@media (max-width: 40rem) {
  body { padding-top: 1.5rem }
  h1 { font-size: 1.625rem }
  .rows > li { grid-template-columns: minmax(0, 1fr) }
  .box { padding: .875rem 1rem }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
  tbody tr { display: flex; flex-wrap: wrap; gap: 0 .75rem; padding: .5rem 0; border-bottom: 1px solid var(--line) }
  td { padding: 0; border: 0 }
  td:last-child, td:first-child { flex-basis: 100% }
}
@page { margin: 15mm }
@media print {
  body { max-width: none; padding: 0; font-size: 10.5pt }
  h2, h3, .about, .key { break-after: avoid }
  .rows > li, tr, .figures, .poll { break-inside: avoid }
}
`;
