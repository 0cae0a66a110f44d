import { createHash } from 'node:crypto';
import { escapeXml } from '../engine/escape-xml.ts';
import type { DemonstrationAccount } from './demonstration-account.ts';

const STYLE = `
body { font: 1.1875rem/1.5 system-ui, sans-serif; color: #0b0c0c; background: #fff; margin: 0; }
main { max-width: 38rem; margin: 0 auto; padding: 1.5rem 1rem; }
.notice { background: #0b0c0c; color: #fff; margin: 0; padding: 0.5rem 1rem; font-weight: bold; }
h1 { font-size: 2rem; line-height: 1.2; }
ul { list-style: none; padding: 0; }
li { margin: 0 0 0.75rem; }
button { font: inherit; text-align: left; width: 100%; padding: 0.75rem 1rem; cursor: pointer;
  color: #0b0c0c; background: #f3f2f1; border: 2px solid #505a5f; overflow-wrap: anywhere; }
button:hover { background: #dbdad9; }
button:focus-visible { outline: 3px solid #fd0; outline-offset: 0; box-shadow: inset 0 0 0 2px #0b0c0c; }
input { font: inherit; box-sizing: border-box; width: 100%; padding: 0.5rem; border: 2px solid #0b0c0c; }
input:focus-visible { outline: 3px solid #fd0; }
.title { display: block; font-weight: bold; }
.error { border: 4px solid #d4351c; padding: 0.5rem 1rem; }
`;

/** The hash that lets this one stylesheet through a Content-Security-Policy. */
export const STYLE_SOURCE = `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;

/** One button for each account; also what a program posts to (`email=...`). */
export function renderAccounts(accounts: DemonstrationAccount[], action: string, unknown = false): string {
  const buttons = accounts.map(
    ({ email, name }) =>
      `<li><button type="submit" name="email" value="${escapeXml(email)}"><span class="title">${escapeXml(name)}</span> ${escapeXml(email)}</button></li>`,
  );
  const error = unknown
    ? '<p class="error" role="alert">That is no address. It is written like name@example.org.</p>'
    : '';
  return renderPage(
    `${unknown ? 'Error: ' : ''}Choose an account`,
    `<h1>Choose an account</h1>
${error}<p>These accounts are invented. No password is asked for.</p>
<form method="post" action="${escapeXml(action)}">
<ul>
${buttons.join('\n')}
</ul>
</form>
<form method="post" action="${escapeXml(action)}">
<p><label for="email">Or sign in with another address, for example one that was invited</label></p>
<p><input id="email" name="email" type="email" autocomplete="off" required></p>
<p><button type="submit">Sign in with this address</button></p>
</form>`,
  );
}

export function renderMessage(title: string, text: string): string {
  return renderPage(title, `<h1>${escapeXml(title)}</h1>\n<p>${escapeXml(text)}</p>`);
}

function renderPage(title: string, content: string): string {
  return `<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeXml(title)} – Demonstration sign-in</title>
<style>${STYLE}</style>
</head>
<body>
<header><p class="notice">Demonstration sign-in: this computer only</p></header>
<main>
${content}
</main>
</body>
</html>
`;
}
