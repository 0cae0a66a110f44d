import type { InvocationResult } from '../invoke/function-definition.ts';
import type { MailSummary } from '../mail.ts';
import type { ConsoleContext } from './console-context.ts';
import { type Html, html } from './html.ts';
import { page, table } from './layout.ts';

const instant = (iso: string): Html =>
  html`<time datetime="${iso}">${iso.slice(0, 19).replace('T', ' ')}</time>`;

const button = (action: string, label: string, hidden: Record<string, string> = {}): Html => html`
<form method="post" action="${action}">${Object.entries(hidden).map(
  ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
)}<button type="submit">${label}</button></form>`;

export function overviewPage({ publicUrl, accounts, clock, runner }: ConsoleContext): Html {
  const statistics = runner.statistics();
  const errors = statistics.reduce((sum, { errors: failed, timeouts }) => sum + failed + timeouts, 0);
  return page(
    'Overview',
    html`
<dl>
<dt>Public pages</dt><dd><a href="${publicUrl}/">${publicUrl}/</a></dd>
<dt>Staff pages</dt><dd><a href="${publicUrl}/staff">${publicUrl}/staff</a></dd>
<dt>Clock</dt><dd>${instant(clock.now().toISOString())} UTC${clock.offset() === 0 ? '' : ' (moved)'}</dd>
<dt>Functions</dt><dd>${statistics.length}, ${errors} failed invocations</dd>
</dl>
<h2>Sign in as</h2>
<p>No password: these posts exist on this laptop only.</p>
${table(
  'Demonstration accounts',
  ['Post', 'Address', 'Sign in'],
  accounts.map(({ name, email }) => [
    html`${name}`,
    html`${email}`,
    button('/sign-in-as', `Sign in as ${email.split('@')[0]}`, { email }),
  ]),
)}`,
    '/',
  );
}

export function mailboxPage(mails: MailSummary[], to: string | null): Html {
  const rows = mails.map((mail) => [
    instant(mail.at),
    html`${mail.to.join(', ')}`,
    html`<a href="/mail/${mail.id}">${mail.subject || '(no subject)'}</a>`,
  ]);
  return page(
    'Mailbox',
    html`
<form method="get" action="/mail"><label for="to">Only to this address</label>
<input id="to" name="to" type="text" autocomplete="off" value="${to ?? ''}"> <button type="submit">Filter</button></form>
${mails.length === 0 ? html`<p>There is no mail.</p>` : table('Newest first', ['At (UTC)', 'To', 'Subject'], rows)}
${button('/mail/delete', 'Empty the mailbox')}`,
    '/mail',
  );
}

export function mailPage(mail: MailSummary): Html {
  const headers = Object.entries(mail.headers).map(([name, value]) => [html`${name}`, html`${value}`]);
  return page(
    mail.subject || '(no subject)',
    html`
<dl><dt>From</dt><dd>${mail.from}</dd><dt>To</dt><dd>${mail.to.join(', ')}</dd>
<dt>At</dt><dd>${instant(mail.at)} UTC</dd>
<dt>As handed over</dt><dd><a href="/mail/${mail.id}.eml">${mail.id}.eml</a></dd></dl>
${
  mail.html
    ? html`<h2>As HTML</h2><iframe title="The mail as HTML" src="/mail/${mail.id}/html" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>`
    : ''
}
<h2>As text</h2><pre>${mail.text || '(no text)'}</pre>
${table('Headers', ['Name', 'Value'], headers)}`,
    '/mail',
  );
}

export function clockPage({ clock }: ConsoleContext, fault?: string): Html {
  const now = clock.now().toISOString();
  return page(
    'Clock',
    html`
<p>It is ${instant(now)} UTC${clock.offset() === 0 ? ', as on this machine.' : '. The clock was moved.'}
Every function and every schedule sees this clock.</p>
${fault ? html`<p id="fault" role="alert">${fault}</p>` : ''}
<form method="post" action="/clock"><label for="now">Set the clock (UTC)</label>
<p id="hint">Schedules that fall due on the way forward run in order, which can take a while.</p>
<input id="now" name="now" type="text" autocomplete="off" value="${now.slice(0, 19)}" aria-describedby="hint${fault ? ' fault' : ''}">
<button type="submit">Set the clock</button></form>
${button('/clock', 'Back to real time', { real: 'yes' })}`,
    '/clock',
  );
}

export function schedulesPage({ schedules }: ConsoleContext): Html {
  const rows = schedules
    .list()
    .map(({ name, expression, timezone, next }) => [
      html`${name}`,
      html`<code>${expression}</code>`,
      html`${timezone}`,
      next ? instant(next) : html`never`,
      button(`/schedules/${encodeURIComponent(name)}/run`, `Run ${name} now`),
    ]);
  return page(
    'Schedules',
    table('Schedules', ['Name', 'Expression', 'Time zone', 'Next (UTC)', 'Run'], rows),
    '/schedules',
  );
}

export function runPage(name: string, { status, durationMs, payload }: InvocationResult): Html {
  return page(
    `${name}: ${status}`,
    html`<p>It took ${Math.round(durationMs)} ms.</p><pre>${payload}</pre><p><a href="/schedules">All schedules</a></p>`,
    '/schedules',
  );
}

export function functionsPage({ runner }: ConsoleContext): Html {
  const rows = runner
    .statistics()
    .map((entry) => [
      html`${entry.name}`,
      html`${entry.invocations}`,
      html`${entry.errors}`,
      html`${entry.timeouts}`,
      html`${entry.throttles}`,
      html`${entry.coldStarts}`,
      html`${entry.initMs.p50} / ${entry.initMs.p99}`,
      html`${entry.durationMs.p50} / ${entry.durationMs.p99}`,
      html`${Math.round(entry.bundleBytes / 1024)}`,
      html`${entry.maxRssMb} of ${entry.memoryMb}`,
    ]);
  const headings = [
    'Name',
    'Invocations',
    'Errors',
    'Timeouts',
    'Throttled',
    'Cold starts',
    'Start, p50 / p99 (ms)',
    'Duration, p50 / p99 (ms)',
    'Bundle (kB)',
    'Memory (MB)',
  ];
  return page('Functions', table('Since the laptop started', headings, rows), '/functions');
}

export function enginesPage({ engines }: ConsoleContext): Html {
  const pairs = (record: Record<string, string>) => Object.entries(record);
  const rows: [string, string][] = [
    ['DynamoDB', engines.dynamodb.endpoint],
    ['Table', engines.dynamodb.table],
    ['S3', engines.s3.endpoint],
    ...pairs(engines.s3.buckets).map(([name, bucket]): [string, string] => [`Bucket ${name}`, bucket]),
    ['SQS', engines.sqs.endpoint],
    ...pairs(engines.sqs.queues).map(([name, url]): [string, string] => [`Queue ${name}`, url]),
    ['SES', engines.ses.endpoint],
    ['Malware is looked for by', engines.malware],
    ['Issuer', engines.issuer],
    ['Region', engines.region],
  ];
  return page(
    'Engines',
    html`<dl>${rows.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
<p>The operator's keys are in <code>GET /engines</code> for programs.</p>`,
    '/engines',
  );
}

export const faultPage = (title: string, message: string): Html => page(title, html`<p>${message}</p>`);
