/** Hosts one engine in a process of its own, which a test may kill: `engine-host.ts mail FOLDER`. */
import { startMail } from '#infra/local/mail.ts';

const [, dataDir = ''] = process.argv.slice(2);
const engine = await startMail({ dataDir, now: () => new Date() });
console.log(engine.endpoint);
