import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { places } from '../../build/places.ts';
import { type Html, html } from './html.ts';
import { page, table } from './layout.ts';

/** A message with sample data, as it would be sent. */
export interface SampleMessage {
  kind: string;
  subject: string;
  text: string;
  html: string;
  /** Where one POST unsubscribes; null for messages that somebody waits for. */
  oneClickUrl: string | null;
}

/** What the build bundled; see infra/build/samples.ts. */
interface Samples {
  renderSamples: (publicUrl: string) => SampleMessage[];
}

/** Every message that there is, with links to the laptop's own pages. */
export async function readSamples(publicUrl: string): Promise<SampleMessage[]> {
  const file = join(places.build, 'samples/index.mjs');
  const { renderSamples } = (await import(pathToFileURL(file).href)) as Samples;
  return renderSamples(publicUrl);
}

export function messagesPage(messages: SampleMessage[]): Html {
  const rows = messages.map(({ kind, subject, oneClickUrl }) => [
    html`<a href="/messages/${kind}">${kind}</a>`,
    html`${subject}`,
    html`${oneClickUrl === null ? 'no' : 'yes'}`,
  ]);
  return page(
    'Messages',
    html`<p>Every message that is ever sent, with invented data. What was really sent is in the <a href="/mail">mailbox</a>.</p>
${table('Kinds of message', ['Kind', 'Subject', 'Can be unsubscribed from'], rows)}`,
    '/messages',
  );
}

export function messagePage({ kind, subject, text, oneClickUrl }: SampleMessage): Html {
  return page(
    kind,
    html`
<dl><dt>Subject</dt><dd>${subject}</dd>
<dt>One-click unsubscribe</dt><dd>${oneClickUrl ?? 'none: somebody waits for it or has to know it'}</dd></dl>
<h2>As HTML</h2><iframe title="The message as HTML" src="/messages/${kind}/html" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>
<h2>As text</h2><pre>${text}</pre>
<p><a href="/messages">All messages</a></p>`,
    '/messages',
  );
}
