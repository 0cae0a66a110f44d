import { describe, expect, it } from 'vitest';
import { SendingLimits } from '#infra/local/mail/sending-limits.ts';

const TO = ['resident@example.org'];
const noon = new Date('2027-03-28T12:00:00Z');
const hoursAfter = (hours: number) => new Date(noon.getTime() + hours * 3_600_000);

describe('the rate of a second', () => {
  const start = (perSecond: number) => {
    let ms = 0;
    const limits = new SendingLimits({ perSecond, perDay: 1_000_000 }, [], () => ms);
    const takeWhilePossible = (to: readonly string[] = TO): number => {
      for (let taken = 0; ; taken += 1) {
        try {
          limits.take(to, noon);
        } catch {
          return taken;
        }
      }
    };
    return { takeWhilePossible, pass: (more: number) => (ms += more) };
  };

  it('has room for a second and no more, however long nothing was sent', () => {
    const { takeWhilePossible, pass } = start(100);
    expect(takeWhilePossible()).toBe(100);
    pass(10);
    expect(takeWhilePossible()).toBe(1);
    pass(500);
    expect(takeWhilePossible()).toBe(50);
    pass(3_600_000);
    expect(takeWhilePossible()).toBe(100);
  });

  it('counts recipients, those of the simulator too', () => {
    const { takeWhilePossible } = start(10);
    expect(takeWhilePossible(['a@example.org', 'b@example.org', 'bounce@simulator.amazonses.com'])).toBe(3);
  });

  it('lets a mail pass that is to more people than a second has room for', () => {
    const { takeWhilePossible, pass } = start(2);
    const five = Array.from({ length: 5 }, (_, at) => `p${at}@example.org`);
    expect(takeWhilePossible(five)).toBe(1);
    pass(1_500);
    expect(takeWhilePossible()).toBe(0);
    pass(500);
    expect(takeWhilePossible()).toBe(1);
  });
});

describe('the quota of a day', () => {
  const start = (before: { at: number; to: string[] }[] = []) =>
    new SendingLimits({ perSecond: 1_000, perDay: 3 }, before);

  it('goes by the laptop’s clock, and knows what was sent before', () => {
    const limits = start([
      { at: hoursAfter(-2).getTime(), to: TO },
      { at: hoursAfter(-25).getTime(), to: TO },
      { at: hoursAfter(-1).getTime(), to: ['bounce@simulator.amazonses.com', 'a@example.org'] },
    ]);
    expect(limits.sentInDay(noon)).toBe(2);
    limits.take(TO, noon);
    expect(() => limits.take(TO, noon)).toThrow('Daily message quota exceeded.');
    expect(limits.sentInDay(noon)).toBe(3);
    limits.take(['success@simulator.amazonses.com'], noon);
    expect(limits.sentInDay(hoursAfter(22.5))).toBe(2);
    expect(limits.sentInDay(hoursAfter(24))).toBe(0);
  });

  it('does not count what was sent later than now, when the clock went back', () => {
    const limits = start();
    for (let time = 0; time < 3; time += 1) limits.take(TO, noon);
    limits.take(TO, hoursAfter(-48));
    expect(limits.sentInDay(hoursAfter(-48))).toBe(1);
  });
});
