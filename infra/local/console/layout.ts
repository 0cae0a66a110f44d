import { type Html, html } from './html.ts';

const places = [
  ['/', 'Overview'],
  ['/mail', 'Mailbox'],
  ['/messages', 'Messages'],
  ['/clock', 'Clock'],
  ['/schedules', 'Schedules'],
  ['/functions', 'Functions'],
  ['/engines', 'Engines'],
  ['/faults', 'Faults'],
] as const;

/** A page of the console. */
export const page = (title: string, content: Html, current = ''): Html => html`<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – laptop console</title>
<link rel="stylesheet" href="/console.css">
</head>
<body>
<a class="skip" href="#main">Skip to main content</a>
<header><p>Laptop console</p>
<nav aria-label="Console"><ul>${places.map(
  ([path, name]) =>
    html`<li><a href="${path}"${path === current ? html` aria-current="page"` : ''}>${name}</a></li>`,
)}</ul></nav></header>
<main id="main">
<h1>${title}</h1>
${content}
</main>
</body>
</html>
`;

export const table = (caption: string, headings: string[], rows: Html[][]): Html => html`
<section class="wide" tabindex="0" aria-label="${caption}"><table>
<caption>${caption}</caption>
<thead><tr>${headings.map((heading) => html`<th scope="col">${heading}</th>`)}</tr></thead>
<tbody>${rows.map((cells) => html`<tr>${cells.map((cell, at) => html`<td data-label="${headings[at]}">${cell}</td>`)}</tr>\n`)}</tbody>
</table></section>`;

export const stylesheet = `
:root { color-scheme: light dark; --line: #b1b4b6; --link: #1a4f8a; --focus: #ffdd00; }
@media (prefers-color-scheme: dark) { :root { --line: #5a6066; --link: #9cc8f5; } }
* { box-sizing: border-box; }
body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; }
header, main { max-width: 70rem; margin: 0 auto; padding: 0 1rem; }
header { border-bottom: 1px solid var(--line); }
header p { font-weight: 700; margin: 1rem 0 0; }
nav ul { display: flex; flex-wrap: wrap; gap: 0 1.25rem; list-style: none; margin: 0; padding: .5rem 0; }
a { color: var(--link); }
a:focus-visible, button:focus-visible, input:focus-visible, [tabindex]:focus-visible, iframe:focus-visible {
  outline: 3px solid var(--focus); outline-offset: 2px; box-shadow: 0 0 0 5px #0b0c0c; }
a[aria-current] { font-weight: 700; text-decoration: none; }
.skip { position: absolute; left: -999rem; }
.skip:focus { position: static; }
h1 { overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-weight: 700; padding: .5rem 0; }
th, td { text-align: left; vertical-align: top; padding: .4rem .8rem .4rem 0; border-bottom: 1px solid var(--line); }
time { white-space: nowrap; }
td form { margin: 0; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid var(--line); padding: 1rem; }
iframe { width: 100%; height: 36rem; border: 1px solid var(--line); }
form { margin: .5rem 0; }
label { display: block; font-weight: 700; }
input, button { font: inherit; padding: .35rem .7rem; min-height: 2.5rem; max-width: 100%; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.5rem; }
dt { font-weight: 700; } dd { margin: 0; overflow-wrap: anywhere; }
@media (max-width: 40rem) {
  dl { display: block; }
  dd { margin: 0 0 .5rem; }
  tbody, tr, td { display: block; overflow-wrap: anywhere; }
  thead { position: absolute; left: -999rem; }
  tr { padding: .5rem 0; border-bottom: 2px solid var(--line); }
  td { padding: .1rem 0; border: 0; }
  td::before { content: attr(data-label) ': '; font-weight: 700; }
}
`;
