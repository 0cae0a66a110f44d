import process from 'node:process';
import { runTool } from './program.ts';
import { leaveWithReader, makeTerminal } from './terminal.ts';

for (const stream of [process.stdout, process.stderr]) leaveWithReader(stream, (code) => process.exit(code));

process.exitCode = await runTool(process.argv.slice(2), {
  terminal: makeTerminal(process.stdout, process.stderr, () => performance.now()),
  environment: process.env,
  // Loaded when it is needed: help and refused files should not wait for the AWS SDK.
  openStore: async (place) => (await import('./container.ts')).openStore(place),
  openBuckets: async (place) => (await import('./buckets-container.ts')).openBuckets(place),
});
