import { expect, test } from 'vitest';
import { soakMail } from '#test/soak/mail-soak.ts';

const SEED = Number(process.env.FOLKMOOT_SEED || Date.now() % 1_000_000);
const RECIPIENTS = 200;

/** The small form of `npm run soak:mail`. */
test('everybody gets a mailing once, whatever happens to the workers that send it', async () => {
  console.log(`seed ${SEED}`);
  const report = await soakMail({ seed: SEED, recipients: RECIPIENTS, kills: 4, rate: 100 });
  expect(report).toMatchObject({ status: 'sent', duplicates: [], lost: [], disagreements: [] });
  expect(Object.values(report.states).reduce((sum, count) => sum + count, 0)).toBe(RECIPIENTS);
  const fired = (effect: string) =>
    Object.entries(report.fired).reduce((sum, [rule, count]) => sum + (rule.endsWith(effect) ? count : 0), 0);
  expect(fired(' kill'), 'workers that died').toBeGreaterThan(0);
  expect(fired(' throttle'), 'calls that were throttled').toBeGreaterThan(0);
  // Everybody else has it: a worker that dies leaves in doubt what it had in hand, and no more.
  expect(report.states.delivered, 'mails that arrived').toBeGreaterThan(RECIPIENTS * 0.8);
});
