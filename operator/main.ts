import process from 'node:process';
import { runTool } from './program.ts';
import { makeTerminal } from './terminal.ts';

process.exitCode = await runTool(process.argv.slice(2), {
  terminal: makeTerminal(process.stdout, process.stderr, () => performance.now()),
  environment: process.env,
  // Loaded when it is needed: help and refused files should not wait for the AWS SDK.
  openStore: async (place) => (await import('./container.ts')).openStore(place),
});
