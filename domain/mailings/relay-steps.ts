import type { Log } from '../shared/log.ts';
import type { MailingQueue, MailingStep } from './mailing-ports.ts';

/** Announces new steps of mailings to the workers, and names those (by position) that it could not. */
export const relaySteps =
  ({ queue, log }: { readonly queue: MailingQueue; readonly log: Log }) =>
  async (
    steps: readonly Pick<MailingStep, 'id' | 'mailing' | 'work' | 'correlationId'>[],
  ): Promise<{ failed: readonly number[] }> => {
    const { failed } = await queue.announce(steps);
    for (const { id, mailing, correlationId } of steps) {
      const isFailed = failed.includes(id);
      const name = isFailed ? 'mailing step not announced' : 'mailing step announced';
      log(isFailed ? 'WARN' : 'INFO', name, { mailing, step: id, correlationId });
    }
    return { failed: steps.flatMap(({ id }, index) => (failed.includes(id) ? [index] : [])) };
  };
