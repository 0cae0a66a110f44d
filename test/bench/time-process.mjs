// Says what a function's process spends of its processor, in milliseconds of the main thread: until it could import a
// bundle, for the import, and for the first event, if one is given. Other work on the machine makes a process wait,
// which this does not count. The runtime client of a function has loaded node:http by then.
import 'node:http';
import { pathToFileURL } from 'node:url';

const [bundle, event] = process.argv.slice(2);
const spent = () => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

const start = spent();
const { handler } = await import(pathToFileURL(bundle).href);
const loaded = spent();
const answer = event === undefined ? undefined : await handler(JSON.parse(event), {});
const end = spent();
const times = { start, import: loaded - start, first: end - loaded, status: answer?.statusCode };
process.stdout.write(`\n${JSON.stringify(times)}`, () => process.exit(0));
