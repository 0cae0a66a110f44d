import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DeliveryState, deliveryStates, nextState } from '#domain/mailings/delivery.ts';
import { type MailEventKind, mailEventKinds } from '#domain/mailings/mail-event.ts';

const same = null;

/** What each state becomes by what the mail service tells: each kind, in the order of `mailEventKinds`. */
const table: Readonly<Record<DeliveryState, readonly (DeliveryState | null)[]>> = {
  // Nothing was handed over, so that nothing can be told of it.
  waiting: [same, same, same, same, same, same],
  claimed: [same, same, same, same, same, same],
  suppressed: [same, same, same, same, same, same],
  held: [same, same, same, same, same, same],
  handed: ['accepted', 'delivered', 'bounced', 'bounced', 'complained', 'refused'],
  'in-doubt': ['accepted', 'delivered', 'bounced', 'bounced', 'complained', 'refused'],
  accepted: [same, 'delivered', 'bounced', 'bounced', 'complained', 'refused'],
  delivered: [same, same, 'bounced', 'bounced', 'complained', same],
  bounced: [same, same, same, same, 'complained', same],
  complained: [same, same, same, same, same, same],
  refused: [same, same, same, same, same, same],
};

test.each(deliveryStates.flatMap((was) => mailEventKinds.map((kind, index) => [was, kind, index] as const)))(
  'a mail that is %s becomes, when it is %s, what the table says',
  (was, kind, index) => {
    expect(nextState(was, kind)).toBe(table[was][index]);
  },
);

test('a mail ends in the highest that was told of it, in whatever order and however often', () => {
  const ranks: readonly MailEventKind[] = ['sent', 'delivered', 'bounced-soft', 'complained'];
  const states: readonly DeliveryState[] = ['accepted', 'delivered', 'bounced', 'complained'];
  const begin = fc.constantFrom<DeliveryState>('handed', 'in-doubt');
  fc.assert(
    fc.property(begin, fc.array(fc.constantFrom(...ranks), { minLength: 1 }), (first, events) => {
      const last = events.reduce<DeliveryState>((was, event) => nextState(was, event) ?? was, first);
      expect(last).toBe(states[Math.max(...events.map((event) => ranks.indexOf(event)))]);
    }),
  );
});
