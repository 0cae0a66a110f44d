import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { DynamoAreas } from '#adapters/dynamo/areas.ts';
import { DynamoAuditTrail } from '#adapters/dynamo/audit-trail.ts';
import { DynamoContacts } from '#adapters/dynamo/contacts.ts';
import { DynamoDuties } from '#adapters/dynamo/duties.ts';
import { DynamoFacts } from '#adapters/dynamo/facts.ts';
import { keyOfRecipient } from '#adapters/dynamo/keys.ts';
import { DynamoNotices } from '#adapters/dynamo/notices.ts';
import { DynamoOutbox } from '#adapters/dynamo/outbox.ts';
import { DynamoPriorities } from '#adapters/dynamo/priorities.ts';
import { DynamoReceipts } from '#adapters/dynamo/receipts.ts';
import { DynamoSubmissions } from '#adapters/dynamo/submissions.ts';
import { DynamoSupporters } from '#adapters/dynamo/supporters.ts';
import { connect, Table } from '#adapters/dynamo/table.ts';
import { systemIds as ids } from '#adapters/system/ids.ts';
import { randomBelow } from '#adapters/system/random.ts';
import { systemReferences as references } from '#adapters/system/references.ts';
import {
  type LeaveSubmissionPorts,
  leaveSubmission,
  type SubmissionDraft,
} from '#domain/priorities/leave-submission.ts';
import type { Write } from '#domain/shared/facts.ts';
import type { EnginesView } from '#infra/local/console.ts';
import type { Credentials } from '#infra/local/engine.ts';
import { openProduct, START } from '#test/support/product-laptop.ts';
import { runMatrix } from './support/run-matrix.ts';
import type { Scenario } from './support/scenario.ts';
import type { Scene } from './support/scene.ts';

/*
 * Proof that the harness finds what it looks for: the use case of the public's form, put together here soundly and
 * wrongly, with the credentials of its function. There is no SDK here that tries again: the person does.
 */

const laptop = openProduct();
const ATTEMPTS = 4;

/** The ports as the function's own container has them, on the engines that the laptop guards. */
async function soundPorts(scene: Scene): Promise<LeaveSubmissionPorts> {
  const { dynamodb, region } = await laptop.console<EnginesView>('/engines');
  const credentials = await laptop.console<Credentials>('/credentials/public-web');
  const client = connect({ endpoint: dynamodb.endpoint, region, credentials, maxAttempts: 1 });
  const table = new Table(dynamodb.table, client);
  const { clock } = scene.store;
  return {
    areas: new DynamoAreas(table),
    priorities: new DynamoPriorities(table, randomBelow),
    submissions: new DynamoSubmissions(table),
    supporters: new DynamoSupporters(table, randomBelow),
    notices: new DynamoNotices(table),
    contacts: new DynamoContacts(),
    duties: new DynamoDuties(table),
    keyOfRecipient,
    outbox: new DynamoOutbox(table),
    audit: new DynamoAuditTrail(table),
    receipts: new DynamoReceipts(table, clock),
    facts: new DynamoFacts(table),
    clock,
    ids,
    references,
    fallbackMailbox: 'team@folkmoot.example',
  };
}

type Break = (ports: LeaveSubmissionPorts) => LeaveSubmissionPorts;

const sound: Break = (ports) => ports;

/** Keeps no receipt under the key of the form. */
const withoutReceipt: Break = (ports) => ({
  ...ports,
  receipts: {
    find: async () => null,
    toKeep: (receipt) => ports.receipts.toKeep({ ...receipt, key: randomUUID() }),
  },
});

/** Posts the mail, and then writes down what it tells of. */
const mailBeforeFact: Break = (ports) => {
  const mails = new Set<Write>();
  return {
    ...ports,
    outbox: {
      find: (id) => ports.outbox.find(id),
      toPost: (mail) => {
        const write = ports.outbox.toPost(mail);
        mails.add(write);
        return write;
      },
    },
    facts: {
      commit: async (writes) => {
        await ports.facts.commit(writes.filter((write) => mails.has(write)));
        return ports.facts.commit(writes.filter((write) => !mails.has(write)));
      },
    },
  };
};

const leaving = (name: string, breakIt: Break): Scenario => ({
  name,
  of: ['public-web'],
  prepare: async (scene) => {
    const leave = leaveSubmission(breakIt(await soundPorts(scene)));
    const email = scene.address('composed');
    const draft: SubmissionDraft = {
      area: scene.ward,
      supports: null,
      text: 'Put together in a test',
      category: null,
      email,
      channel: 'web',
    };
    const key = randomUUID();
    return async () => {
      for (let attempt = 1; ; attempt += 1) {
        const left = await leave(draft, {
          key,
          actor: { kind: 'public' },
          correlationId: randomUUID(),
        }).catch((fault: Error) => fault);
        if (!(left instanceof Error)) break;
        if (attempt === ATTEMPTS) throw left;
      }
      return async () => {
        expect(await scene.submissions(), 'submissions').toHaveLength(1);
        await scene.gotOnce(email, 'submission-received');
      };
    };
  },
});

test.each([
  { name: 'as it is', breakIt: sound, finds: null },
  { name: 'without a receipt', breakIt: withoutReceipt, finds: /submissions: expected .* length of 1/ },
  { name: 'with the mail before the fact', breakIt: mailBeforeFact, finds: /mails of the kind/ },
])('a use case $name', async ({ name, breakIt, finds }) => {
  const lines: string[] = [];
  const { runs } = await runMatrix({
    laptop,
    scenario: leaving(`a use case ${name}`, breakIt),
    day: START,
    // What is broken does not mend itself; for what is sound, the machine may be busy.
    ...(finds === null ? {} : { patienceMs: 3_000 }),
    tell: (line) => lines.push(line),
    pick: (strikes) =>
      strikes.filter(
        ({ operation, effect }) =>
          operation === 'TransactWriteItems' && ['error', 'timeout-after'].includes(effect),
      ),
  });
  expect(runs.length).toBeGreaterThan(0);
  expect(
    runs.every(({ fired }) => fired === 1),
    lines.join('\n'),
  ).toBe(true);
  const found = runs.flatMap(({ violation }) => violation ?? []);
  if (finds === null) expect(found).toEqual([]);
  else expect(found.join('\n')).toMatch(finds);
});
