#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// npx runs this file with the machine's own Node, which may be older than the one that the project brings along.
const wanted = 24;
const own = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url));

if (Number.parseInt(process.versions.node, 10) >= wanted) {
  await import('./main.ts');
} else if (existsSync(own)) {
  const { status, signal, error } = spawnSync(own, process.argv.slice(1), { stdio: 'inherit' });
  if (error) throw error;
  if (signal) process.kill(process.pid, signal);
  process.exitCode = status ?? 1;
} else {
  process.stderr.write(
    `folkmoot needs Node ${wanted} or newer and this is ${process.version}: run "npm ci" or install Node ${wanted}.\n`,
  );
  process.exitCode = 2;
}
