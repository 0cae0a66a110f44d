import { GetSendQuotaCommand, SESClient } from '@aws-sdk/client-ses';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test } from 'vitest';
import { SesSendingQuota } from '#adapters/ses/sending-quota.ts';
import { addSeconds } from '#domain/shared/clock.ts';
import { FixedClock } from '#test/support/fixed-clock.ts';

const START = '2026-11-23T09:30:00.000Z';

const client = new SESClient({ region: 'eu-west-2' });
const ses = mockClient(client);
let clock: FixedClock;
let quota: SesSendingQuota;

const asked = () => ses.commandCalls(GetSendQuotaCommand).length;

beforeEach(() => {
  ses.reset();
  ses.on(GetSendQuotaCommand).resolves({ MaxSendRate: 14, Max24HourSend: 50_000, SentLast24Hours: 120 });
  clock = new FixedClock(START);
  quota = new SesSendingQuota(client, clock);
});

test('the quota is what SES says', async () => {
  expect(await quota.find()).toEqual({ perSecond: 14, perDay: 50_000, sentToday: 120 });
});

test('an account without a limit has none, and one that has sent nothing has sent nothing', async () => {
  ses.on(GetSendQuotaCommand).resolves({ MaxSendRate: 500, Max24HourSend: -1 });
  expect(await quota.find()).toEqual({ perSecond: 500, perDay: null, sentToday: 0 });
});

test('it is asked for once a minute, however many ask at once', async () => {
  await Promise.all([quota.find(), quota.find(), quota.find()]);
  clock.set(addSeconds(START, 60));
  await quota.find();
  expect(asked()).toBe(1);
  clock.set(addSeconds(START, 61));
  await quota.find();
  expect(asked()).toBe(2);
});

test('it is asked for anew when somebody has moved the clock back', async () => {
  await quota.find();
  clock.set(addSeconds(START, -3_600));
  await quota.find();
  expect(asked()).toBe(2);
});

test.each([{}, { MaxSendRate: 0, Max24HourSend: 200 }, { MaxSendRate: 14 }])(
  'an answer that says nothing of it is a fault: %o',
  async (answer) => {
    ses.on(GetSendQuotaCommand).resolves(answer);
    await expect(quota.find()).rejects.toThrow('without a quota');
  },
);

test('a fault is not remembered', async () => {
  ses
    .on(GetSendQuotaCommand)
    .rejectsOnce(new Error('no answer'))
    .resolves({ MaxSendRate: 14, Max24HourSend: 200 });
  await expect(quota.find()).rejects.toThrow('no answer');
  expect(await quota.find()).toMatchObject({ perSecond: 14 });
});
