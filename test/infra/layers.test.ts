import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { expect, onTestFinished, test } from 'vitest';
import { Alarms } from '#infra/constructs/alarms.ts';
import { BundledFunction } from '#infra/constructs/bundled-function.ts';
import { readInventory } from '#infra/local/template.ts';
import { readStage } from '#infra/stages.ts';
import { makeBuildFolder } from './synthesize.ts';

const stage = readStage('laptop');

/** Two functions with the layer `readers`, of so many bytes, and one without. */
function makeStack({ layer = 'readers', bytes = 10 } = {}) {
  const buildFolder = makeBuildFolder();
  const modules = path.join(buildFolder, 'layers/readers/nodejs/node_modules/reader');
  mkdirSync(modules, { recursive: true });
  writeFileSync(path.join(modules, 'index.js'), Buffer.alloc(bytes));
  const outdir = mkdtempSync(path.join(tmpdir(), 'folkmoot-layered-'));
  onTestFinished(() => rmSync(outdir, { recursive: true, force: true }));
  const app = new App({ outdir, analyticsReporting: false });
  const stack = new Stack(app, 'layered', { env: { region: 'eu-west-2' } });
  const alarms = new Alarms(stack, 'Alarms', { email: stage.alarmEmail });
  for (const [name, layers] of [
    ['public-web', [layer]],
    ['staff-web', [layer]],
    ['send-mail', undefined],
  ] as const) {
    new BundledFunction(stack, name, {
      ...{ stage, alarms, buildFolder, name, memoryMb: 512, timeoutSeconds: 10, layers },
      ...{ impact: 'Nobody notices.', runbook: 'web-errors' },
    });
  }
  return { app, stack };
}

test('a layer is made once for all functions that name it, for arm64 and Node.js 24', () => {
  const template = Template.fromStack(makeStack().stack);
  const layers = template.findResources('AWS::Lambda::LayerVersion');
  expect(Object.values(layers).map(({ Properties }) => Properties)).toMatchObject([
    {
      LayerName: 'folkmoot-laptop-readers',
      CompatibleArchitectures: ['arm64'],
      CompatibleRuntimes: ['nodejs24.x'],
    },
  ]);
  const [id] = Object.keys(layers);
  const used = Object.values(template.findResources('AWS::Lambda::Function')).map(({ Properties }) => [
    Properties.FunctionName,
    Properties.Layers,
  ]);
  expect(Object.fromEntries(used)).toEqual({
    'folkmoot-laptop-public-web': [{ Ref: id }],
    'folkmoot-laptop-staff-web': [{ Ref: id }],
    'folkmoot-laptop-send-mail': undefined,
  });
});

const read = ({ app }: ReturnType<typeof makeStack>) =>
  readInventory(app.synth().directory, {
    ...{ accountId: '000000000000', namePrefix: 'folkmoot-laptop-' },
    queueUrl: (name) => `http://127.0.0.1:1/${name}`,
  });

test('the laptop finds the folder of the layer, and gives it to no other function', () => {
  const { functions } = read(makeStack());
  const layersOf = (name: string) => functions.find((each) => each.name === name)?.layers;
  expect(layersOf('public-web')).toEqual([expect.stringMatching(/asset\.[0-9a-f]+$/)]);
  expect(layersOf('staff-web')).toEqual(layersOf('public-web'));
  expect(layersOf('send-mail')).toEqual([]);
});

test('the laptop refuses more than Lambda takes, function and layers together', () => {
  const large = makeStack({ bytes: 250 * 1024 * 1024 });
  expect(() => read(large)).toThrow(/it has 26\d{7} bytes with its layers; Lambda takes at most 262144000/);
});

test('a layer that is not built is named, with what to do', () => {
  expect(() => makeStack({ layer: 'writers' })).toThrow(/"writers" is not built.*npm run build/);
});
