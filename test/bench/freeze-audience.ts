import { createHash } from 'node:crypto';
import { systemClock } from '#adapters/system/clock.ts';
import { systemIds } from '#adapters/system/ids.ts';
import type { Audiences } from '#domain/mailings/audience.ts';
import { freezeAudience } from '#domain/mailings/freeze-audience.ts';
import type { Mailing } from '#domain/mailings/mailing.ts';
import { openWorld } from './world.ts';

// node test/bench/freeze-audience.ts PEOPLE: freezes an audience on the laptop's own engine, as one invocation without
// an end would, and prints the most memory that this process ever used (resident, in MB).
const people = Number(process.argv[2]);

const audiences: Audiences = {
  page: async (_, after, size) => {
    const from = Number(after ?? 0);
    const count = Math.min(size, people - from);
    return {
      recipients: Array.from({ length: count }, (__, index) => {
        const email = `neighbour-${from + index}@example.org`;
        const key = createHash('sha256').update(email).digest('hex');
        return { key, email, language: 'en-GB', area: null, weekly: false };
      }),
      next: from + count < people ? String(from + count) : null,
    };
  },
};

const mailing: Mailing = {
  id: systemIds.next(),
  ...{ subject: 'News', source: 'News.', audience: { kind: 'wrote', areas: [] }, replyTo: null },
  ...{ unit: 'bench', author: 'coordinator@folkmoot.example', submittedBy: null, approvedBy: null },
  ...{ status: 'freezing', pausedFrom: null, pausedFor: null, tolerated: { bounced: 0, complained: 0 } },
  ...{
    createdAt: systemClock.now(),
    sendAt: null,
    startedAt: null,
    finishedAt: null,
    total: null,
    version: 1,
  },
};

const world = await openWorld();
try {
  const { stores } = world;
  await stores.facts.commit([stores.mailings.toAdd(mailing)]);
  const ports = { ...stores, audiences, clock: systemClock, ids: systemIds, log: () => {} };
  await freezeAudience({ ...ports, approvalAbove: Number.MAX_SAFE_INTEGER })(
    { id: systemIds.next(), mailing: mailing.id, work: { kind: 'freeze' }, correlationId: 'bench' },
    () => Number.POSITIVE_INFINITY,
  );
  const frozen = await stores.mailings.find(mailing.id);
  if (frozen?.total !== people) throw new Error(`${frozen?.total} of ${people} were frozen`);
} finally {
  await world.close();
}
console.log((process.resourceUsage().maxRSS / 1024).toFixed(1));
