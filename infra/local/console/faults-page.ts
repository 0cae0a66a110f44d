import type { ConsoleContext } from './console-context.ts';
import { type Html, html } from './html.ts';
import { page, table } from './layout.ts';

const headings = [
  'Engine',
  'Operation',
  'Function',
  'Effect',
  'Probability',
  'Skips',
  'At most',
  'Delay (ms)',
  'Matched',
  'Fired',
];

/** The faults that are injected, and how often they struck. */
export function faultsPage({ faults }: ConsoleContext): Html {
  const { seed, rules } = faults.read();
  const rows = rules.map((rule) =>
    [
      rule.engine,
      rule.operation,
      rule.function,
      rule.effect,
      rule.probability,
      rule.skip,
      rule.count ?? 'no limit',
      rule.delayMs,
      rule.matched,
      rule.fired,
    ].map((cell) => html`${cell}`),
  );
  const active = html`<p>Chances come from the seed ${seed}.</p>
${table('Rules, in their order', headings, rows)}
<form method="post" action="/faults/delete"><button type="submit">End all faults</button></form>`;
  const none = html`<p>No faults are injected. A program asks for them by <code>PUT /faults</code>.</p>`;
  return page('Faults', rules.length > 0 ? active : none, '/faults');
}
