import type { IncomingMessage, ServerResponse } from 'node:http';
import { errors, type Provider } from 'oidc-provider';
import { readBody } from '../engine/read-body.ts';
import { accountOfAddress, type DemonstrationAccount } from './demonstration-account.ts';
import { renderAccounts, renderMessage, STYLE_SOURCE } from './pages.ts';

const MAX_FORM_BYTES = 4_096;

interface InteractionPage {
  provider: Provider;
  accounts: DemonstrationAccount[];
  /** Address of this interaction as the browser sees it */
  action: string;
  /** Where the form may lead to in the end: browsers apply `form-action` to redirects too */
  formTargets: string[];
}

/** Shows the accounts (GET), or signs one in and sends the browser on its way (POST `email=...`). */
export async function answerInteraction(
  page: InteractionPage,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const send = (status: number, html: string) => sendPage(res, status, html, page.formTargets);
  try {
    await page.provider.interactionDetails(req, res);
  } catch (error) {
    if (!(error instanceof errors.SessionNotFound)) throw error;
    send(400, renderMessage('This sign-in has expired', 'Go back to the service and sign in again.'));
    return;
  }
  if (req.method !== 'POST') {
    send(200, renderAccounts(page.accounts, page.action));
    return;
  }
  const form = new URLSearchParams((await readBody(req, MAX_FORM_BYTES))?.toString('utf8') ?? '');
  const wanted = form.get('email')?.trim().toLowerCase() ?? '';
  const known = page.accounts.find(({ email }) => email.toLowerCase() === wanted);
  const account = known ?? accountOfAddress(wanted);
  if (!account) {
    send(400, renderAccounts(page.accounts, page.action, true));
    return;
  }
  await page.provider.interactionFinished(req, res, { login: { accountId: account.sub, remember: false } });
}

function sendPage(res: ServerResponse, status: number, html: string, formTargets: string[]): void {
  res.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'content-security-policy': [
      "default-src 'none'",
      `style-src ${STYLE_SOURCE}`,
      `form-action 'self' ${formTargets.join(' ')}`,
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ].join('; '),
  });
  res.end(html);
}
