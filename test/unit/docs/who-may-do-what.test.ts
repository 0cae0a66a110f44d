import { join } from 'node:path';
import { expect, test } from 'vitest';
import { policy, type StaffAction, staffActions } from '#domain/staff/policy.ts';
import { roleSchema } from '#domain/staff/staff.ts';
import { archiveRoutes } from '#web/archive-routes.ts';
import { documentRoutes } from '#web/document-routes.ts';
import type { Route } from '#web/http/route.ts';
import { publicRoutes } from '#web/public-routes.ts';
import { staffRoutes } from '#web/staff-routes.ts';
import { subscriptionRoutes } from '#web/subscription-routes.ts';

/*
 * The page docs/who-may-do-what.md is made from the policy and the route tables. When this test fails, they have
 * changed: `npx vitest run --project unit test/unit/docs -u` writes the page afresh, and its difference is for people
 * to read.
 */

const noPorts = {} as never;
const page = join(import.meta.dirname, '../../../docs/who-may-do-what.md');
const roles = roleSchema.options;

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

const scopeOf = (action: StaffAction) => roles.map((role) => policy[role][action] ?? '–');

const routesOf = (routes: readonly Route[], may: Route['may']): string =>
  routes
    .filter((route) => route.may === may)
    .map(({ method, path }) => `\`${method} ${path}\``)
    .toSorted()
    .join('<br>');

test('the page says who may do what', async () => {
  const routes: readonly Route[] = [
    ...publicRoutes(noPorts),
    ...subscriptionRoutes(noPorts),
    ...staffRoutes(noPorts),
    ...archiveRoutes(noPorts),
    ...documentRoutes(noPorts),
  ];
  const text = `# Who may do what

Made from \`domain/staff/policy.ts\` and the route tables in \`web/\`; a test keeps it current.

An account may have several roles: what one of them allows is allowed. \`all\`: everywhere. \`own areas\`: what belongs to
boroughs and wards that the unit covers. \`own unit\`: what belongs to the unit. \`own record\`: what is one's own. An
account that is invited or suspended may do nothing.

${table(
  ['', ...roles],
  staffActions.map((action) => [action, ...scopeOf(action)]),
)}

## Addresses

${table(
  ['who', 'addresses'],
  (['anyone', ...staffActions] as const)
    .map((may) => [may, routesOf(routes, may)])
    .filter(([, addresses]) => addresses !== ''),
)}
`;
  await expect(text).toMatchFileSnapshot(page);
});
