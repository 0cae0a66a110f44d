import type { IncomingMessage } from 'node:http';
import { readBody } from '../engine/read-body.ts';
import type { InvocationResult } from '../invoke/function-definition.ts';
import type { ConsoleContext } from './console-context.ts';
import { faultsPage } from './faults-page.ts';
import { stylesheet } from './layout.ts';
import { messagePage, messagesPage, readSamples } from './messages-pages.ts';
import * as pages from './pages.ts';
import { json, problem, type Reply, seeOther, shown, wantsPage } from './reply.ts';
import { signIn } from './sign-in.ts';

interface Call {
  context: ConsoleContext;
  req: IncomingMessage;
  url: URL;
  /** What the groups of the route's path caught, decoded. */
  names: string[];
}

interface Route {
  method: string;
  path: RegExp;
  answer: (call: Call) => Promise<Reply> | Reply;
}

const BODY_LIMIT = 8 * 1024 * 1024;

const route = (method: string, path: RegExp, answer: Route['answer']): Route => ({ method, path, answer });

const routes: Route[] = [
  route('GET', /^\/$/, ({ context }) => shown(pages.overviewPage(context))),
  route('GET', /^\/console\.css$/, () => ({
    kind: 'bytes',
    type: 'text/css; charset=utf-8',
    body: Buffer.from(stylesheet),
  })),
  route('GET', /^\/health$/, () => json({ ready: true })),

  route('GET', /^\/mail$/, listMail),
  route('DELETE', /^\/mail$/, async ({ context }) => {
    await context.mailbox.clear();
    return json({ deleted: true });
  }),
  route('POST', /^\/mail\/delete$/, async ({ context }) => {
    await context.mailbox.clear();
    return seeOther('/mail');
  }),
  route('GET', /^\/mail\/([\w-]+)\.eml$/, async ({ context, names: [id = ''] }) => {
    const body = await context.mailbox.eml(id);
    return body ? { kind: 'bytes', type: 'message/rfc822', body } : problem(404, `There is no mail ${id}.`);
  }),
  route('GET', /^\/mail\/([\w-]+)\/html$/, showMailHtml),
  route('GET', /^\/mail\/([\w-]+)$/, showMail),

  route('GET', /^\/messages$/, listMessages),
  route('GET', /^\/messages\/([\w-]+)\/html$/, showMessageHtml),
  route('GET', /^\/messages\/([\w-]+)$/, showMessage),

  route('GET', /^\/clock$/, ({ context, req }) =>
    wantsPage(req) ? shown(pages.clockPage(context)) : json(clockView(context)),
  ),
  route('PUT', /^\/clock$/, putClock),
  route('POST', /^\/clock$/, postClock),

  route('GET', /^\/schedules$/, ({ context, req }) =>
    wantsPage(req) ? shown(pages.schedulesPage(context)) : json(context.schedules.list()),
  ),
  route('POST', /^\/schedules\/([^/]+)\/run$/, runSchedule),

  route('GET', /^\/functions$/, ({ context, req }) =>
    wantsPage(req) ? shown(pages.functionsPage(context)) : json(context.runner.statistics()),
  ),
  route('POST', /^\/functions\/([^/]+)\/invoke$/, invokeFunction),

  route('GET', /^\/engines$/, ({ context, req }) =>
    wantsPage(req) ? shown(pages.enginesPage(context)) : json(context.engines),
  ),
  route('GET', /^\/credentials\/([^/]+)$/, ({ context, names: [name = ''] }) => {
    const credentials = context.credentialsOf(name);
    return credentials ? json(credentials) : problem(404, `There is no function ${name}.`);
  }),

  route('POST', /^\/session$/, postSession),
  route('POST', /^\/sign-in-as$/, signInAs),

  route('GET', /^\/faults$/, ({ context, req }) =>
    wantsPage(req) ? shown(faultsPage(context)) : json(context.faults.read()),
  ),
  route('PUT', /^\/faults$/, putFaults),
  route('DELETE', /^\/faults$/, ({ context }) => {
    context.faults.clear();
    return json(context.faults.read());
  }),
  route('POST', /^\/faults\/delete$/, ({ context, req }) => {
    req.resume();
    context.faults.clear();
    return seeOther('/faults');
  }),

  route('GET', /^\/calls$/, ({ context, url }) =>
    json(context.calls.list(url.searchParams.get('function') ?? undefined)),
  ),
  route('DELETE', /^\/calls$/, ({ context }) => {
    context.calls.clear();
    return json({ deleted: true });
  }),
];

/** Answers a request to the console. */
export async function answerConsole(context: ConsoleContext, req: IncomingMessage): Promise<Reply> {
  const url = new URL(req.url ?? '/', 'http://console');
  const method = req.method === 'HEAD' ? 'GET' : (req.method ?? '');
  const found = routes.filter(({ path }) => path.test(url.pathname));
  const chosen = found.find((candidate) => candidate.method === method);
  if (!chosen) {
    const allowed = found.map((candidate) => candidate.method).join(', ');
    return found.length > 0
      ? problem(405, `${url.pathname} takes ${allowed}.`)
      : problem(404, `There is nothing at ${url.pathname}.`);
  }
  const names = (chosen.path.exec(url.pathname) ?? []).slice(1).map(decode);
  return chosen.answer({ context, req, url, names });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

async function listMail({ context, req, url }: Call): Promise<Reply> {
  const to = url.searchParams.get('to');
  const mails = await context.mailbox.list(to ? { to } : {});
  return wantsPage(req) ? shown(pages.mailboxPage(mails, to)) : json(mails);
}

async function showMail({ context, req, names: [id = ''] }: Call): Promise<Reply> {
  const mail = (await context.mailbox.list()).find((candidate) => candidate.id === id);
  if (!mail) return problem(404, `There is no mail ${id}.`);
  return wantsPage(req) ? shown(pages.mailPage(mail)) : json(mail);
}

async function showMailHtml({ context, names: [id = ''] }: Call): Promise<Reply> {
  const mail = (await context.mailbox.list()).find((candidate) => candidate.id === id);
  return mail?.html ? sandboxed(mail.html) : problem(404, `There is no HTML of a mail ${id}.`);
}

/** In a sandbox without scripts and without anything from elsewhere; links open in a window of their own. */
const sandboxed = (html: string): Reply => ({
  kind: 'bytes',
  type: 'text/html; charset=utf-8',
  body: Buffer.from(`<base target="_blank">${html}`),
  headers: {
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; " +
      'sandbox allow-popups allow-popups-to-escape-sandbox',
  },
});

async function listMessages({ context, req }: Call): Promise<Reply> {
  const messages = await readSamples(context.publicUrl);
  return wantsPage(req) ? shown(messagesPage(messages)) : json(messages);
}

async function showMessage({ context, req, names: [kind = ''] }: Call): Promise<Reply> {
  const message = (await readSamples(context.publicUrl)).find((candidate) => candidate.kind === kind);
  if (!message) return problem(404, `There is no message ${kind}.`);
  return wantsPage(req) ? shown(messagePage(message)) : json(message);
}

async function showMessageHtml({ context, names: [kind = ''] }: Call): Promise<Reply> {
  const message = (await readSamples(context.publicUrl)).find((candidate) => candidate.kind === kind);
  return message ? sandboxed(message.html) : problem(404, `There is no message ${kind}.`);
}

const clockView = ({ clock }: ConsoleContext) => ({
  now: clock.now().toISOString(),
  offsetSeconds: Math.round(clock.offset() / 1000),
});

async function putClock({ context, req }: Call): Promise<Reply> {
  const body = await readJson(req);
  const now = (body as { now?: unknown } | undefined)?.now;
  const to = now === null ? null : readInstant(now);
  if (to === undefined)
    return problem(400, 'Send {"now": "2027-03-28T00:30:00Z"}, or {"now": null} for real time.');
  const ran = await context.schedules.moveClock(to);
  return json({ ...clockView(context), ran });
}

async function postClock({ context, req }: Call): Promise<Reply> {
  const form = await readForm(req);
  const to = form.has('real')
    ? null
    : readInstant(`${form.get('now')?.replace(' ', 'T')}Z`.replace('ZZ', 'Z'));
  if (to === undefined)
    return shown(pages.clockPage(context, 'Enter a time such as 2027-03-28T00:30:00.'), 400);
  await context.schedules.moveClock(to);
  return seeOther('/clock');
}

function readInstant(text: unknown): Date | undefined {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text)) return undefined;
  const instant = new Date(text);
  return Number.isNaN(instant.getTime()) ? undefined : instant;
}

async function runSchedule({ context, req, names: [name = ''] }: Call): Promise<Reply> {
  req.resume();
  const result = await context.schedules.run(name);
  if (!result) return problem(404, `There is no schedule ${name}.`);
  return wantsPage(req) ? shown(pages.runPage(name, result)) : json(resultView(result));
}

async function invokeFunction({ context, req, names: [name = ''] }: Call): Promise<Reply> {
  const body = await readBody(req, BODY_LIMIT);
  if (!context.runner.names().includes(name)) return problem(404, `There is no function ${name}.`);
  if (!body) return problem(413, 'A payload is at most 6 MB.');
  const payload = body.toString() || '{}';
  if (!isJson(payload)) return problem(400, 'The payload is no JSON.');
  return json(resultView(await context.runner.invoke(name, payload)));
}

const resultView = ({ status, durationMs, payload }: InvocationResult) => ({
  status,
  durationMs: Math.round(durationMs * 10) / 10,
  result: isJson(payload) ? JSON.parse(payload) : payload,
});

async function postSession({ context, req }: Call): Promise<Reply> {
  const email = ((await readJson(req)) as { email?: unknown } | undefined)?.email;
  const known = context.accounts.some((account) => account.email === email);
  if (typeof email !== 'string' || !known) {
    const emails = context.accounts.map((account) => account.email).join(', ');
    return problem(400, `Send {"email": "..."} with one of ${emails}.`);
  }
  try {
    const { cookie, csrf } = await signIn({ ...context, email });
    return json({ cookie, csrf });
  } catch (error) {
    return problem(502, (error as Error).message);
  }
}

/** Cookies do not know of ports: what the console sets, the browser shows the service, too. */
async function signInAs({ context, req }: Call): Promise<Reply> {
  const email = (await readForm(req)).get('email') ?? '';
  if (!context.accounts.some((account) => account.email === email))
    return problem(400, 'There is no such account.');
  try {
    const { setCookies } = await signIn({ ...context, email });
    return seeOther(new URL('/staff', context.publicUrl).href, setCookies);
  } catch (error) {
    return shown(pages.faultPage('The sign-in did not work', (error as Error).message), 502);
  }
}

async function putFaults({ context, req }: Call): Promise<Reply> {
  const text = await readText(req);
  if (!isJson(text)) return problem(400, 'The plan is no JSON. Send {"seed": 7, "rules": [...]}.');
  const plan: unknown = JSON.parse(text);
  const unknown = unknownFunctions(plan, context.runner.names());
  if (unknown.length > 0) return problem(400, `function: there is no ${unknown.join(' and no ')}.`);
  const result = context.faults.replace(plan);
  return 'problem' in result ? problem(400, result.problem) : json(result.view);
}

/** A rule for a function that does not exist would never strike, and nobody would notice. */
function unknownFunctions(plan: unknown, known: string[]): string[] {
  const rules: unknown = (plan as { rules?: unknown } | null)?.rules;
  const names = Array.isArray(rules)
    ? rules.map((rule) => (rule as { function?: unknown } | null)?.function)
    : [];
  return names.filter(
    (name): name is string => typeof name === 'string' && name !== '*' && !known.includes(name),
  );
}

const readText = async (req: IncomingMessage): Promise<string> =>
  (await readBody(req, BODY_LIMIT))?.toString() ?? '';

const readForm = async (req: IncomingMessage): Promise<URLSearchParams> =>
  new URLSearchParams(await readText(req));

async function readJson(req: IncomingMessage): Promise<unknown> {
  const text = await readText(req);
  return isJson(text) ? JSON.parse(text) : undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
