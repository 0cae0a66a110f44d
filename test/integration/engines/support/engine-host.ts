/** Hosts one engine in a process of its own, which a test may kill: `engine-host.ts mail|queues FOLDER`. */
import { startMail } from '#infra/local/mail.ts';
import { startQueues } from '#infra/local/queues.ts';
import { mailEvents } from './mail-options.ts';
import { queueOptions } from './queue-options.ts';

const [kind = '', dataDir = ''] = process.argv.slice(2);
const engine =
  kind === 'mail'
    ? await startMail({ dataDir, now: () => new Date(), events: mailEvents })
    : await startQueues(queueOptions({ dataDir }));
console.log(engine.endpoint);
