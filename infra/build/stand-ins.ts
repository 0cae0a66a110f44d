import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Plugin } from 'esbuild';

/**
 * Parts of packages that a function would carry, read and often run at its start, and never need: each with why, and
 * with what takes its place in bundles. Tests and the operator's tool use the packages as they are.
 */
const standIns: readonly StandIn[] = [
  {
    why: 'Lambda has no ~/.aws: settings come from the environment or from our code. Looking costs two files.',
    file: /@smithy\/core\/dist-es\/submodules\/config\/shared-ini-file-loader\/loadSharedConfigFiles\.js$/,
    code: `export { CONFIG_PREFIX_SEPARATOR } from './constants';
export const loadSharedConfigFiles = async () => ({ configFile: {}, credentialsFile: {} });`,
  },
  {
    why: 'It prepares each request and answer for a log that we do not keep: 6 ms of the first request.',
    file: /@aws-sdk\/core\/dist-es\/submodules\/client\/middleware-logger\/loggerMiddleware\.js$/,
    code: `export const loggerMiddleware = undefined, loggerMiddlewareOptions = undefined;
export const getLoggerPlugin = () => ({ applyToStack: () => {} });`,
  },
  {
    why: 'DynamoDB finds its endpoint by region. Discovery is switched off unless somebody asks for it.',
    file: /@aws-sdk\/middleware-endpoint-discovery\/dist-es\/index\.js$/,
    code: `export const NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS = { environmentVariableSelector: () => undefined, configFileSelector: () => undefined, default: undefined };
export const resolveEndpointDiscoveryConfig = (config) => config;`,
  },
  {
    why: 'Nothing here is described by a JSON schema made at run time.',
    file: /zod\/v4\/core\/(?:to-json-schema|json-schema-processors)\.js$/,
    code: 'nothing',
  },
  {
    why: 'Links in letters are written as links; nobody looks for addresses in text.',
    file: /linkify-it\/build\/index\.mjs$/,
    code: 'export class LinkifyIt {}',
  },
  {
    why: 'The names of all HTML entities are 5 ms of a start. They are read when an address in a letter has one.',
    file: /markdown-it\/node_modules\/entities\/dist\/index\.js$/,
    code: "export const decodeHTMLStrict = (text) => require('./decode.js').decodeHTMLStrict(text);",
  },
];

interface StandIn {
  readonly why: string;
  readonly file: RegExp;
  /** A module in place of the file; `nothing` is one whose exports throw when they are called. */
  readonly code: string;
}

/**
 * Imported by the SDK when it is needed, which is never: it tells browsers apart, or reads streams of events, which
 * no service of ours sends.
 */
const neverImported = /^(?:bowser|@smithy\/core\/event-streams)$/;

/**
 * Lambda gives a function its credentials in the environment. The SDK's own search (profiles, single sign-on,
 * instance metadata) is a ninth of a bundle, and would never find any.
 */
const credentials = /^@aws-sdk\/credential-provider-node$/;

/** Puts the stand-ins into a bundle. What they lack of a newer package fails the build. */
export const leaveOutWhatIsNotNeeded: Plugin = {
  name: 'leave-out-what-is-not-needed',
  setup: (bundler) => {
    bundler.onResolve({ filter: credentials }, () => ({
      path: path.join(import.meta.dirname, 'environment-credentials.ts'),
    }));
    bundler.onResolve({ filter: neverImported }, ({ path: name, kind }) =>
      kind === 'dynamic-import' ? { path: name, external: true } : undefined,
    );
    for (const { file, code } of standIns)
      bundler.onLoad({ filter: file }, async ({ path: original }) => ({
        contents: code === 'nothing' ? throwing(await readFile(original, 'utf8')) : code,
        loader: 'js',
      }));
  },
};

/** A module with the same exports, each a function that throws. */
function throwing(source: string): string {
  const declared = [...source.matchAll(/^export (?:const|function|class) (\w+)/gm)].map(([, name]) => name);
  const renamed = [...source.matchAll(/^export \{ \w+ as (\w+) \}/gm)].map(([, name]) => name);
  return [
    "const leftOut = () => { throw new Error('This part of the package is left out of bundles'); };",
    ...[...declared, ...renamed].map((name) => `export { leftOut as ${name} };`),
  ].join('\n');
}
