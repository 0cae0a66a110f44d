import { isDeepStrictEqual } from 'node:util';
import { oneLine } from '#domain/shared/text.ts';
import { addUnit, changeUnit } from '#domain/staff/manage-units.ts';
import { type Unit, unitIdOf, unitSchema } from '#domain/staff/unit.ts';
import { adminPortsOf, operatorDeed } from '../admin-ports.ts';
import { quote } from '../area-files/file-refusal.ts';
import { type ExitCode, UsageFault } from '../exit.ts';
import type { Store } from '../store.ts';
import {
  type Commands,
  openStoreOf,
  type ReadOptions,
  reading,
  type Tool,
  type WriteOptions,
  writing,
} from '../tool.ts';
import { dryRunNote, sentenceOf } from './account-words.ts';

interface UnitOptions extends WriteOptions {
  /** False for none at all. */
  readonly area?: string[] | false;
  readonly rename?: string;
  /** False for nobody. */
  readonly head?: string | false;
}

const checkName = (option: string, name: string): string => {
  const line = oneLine(name);
  const isUsable = unitSchema
    .pick({ id: true, name: true })
    .safeParse({ id: unitIdOf(line), name: line }).success;
  if (isUsable) return line;
  throw new UsageFault(`${option} has 1 to 120 characters, letters or digits among them.`);
};

const settle = (store: Store, before: Unit | null, name: string, options: UnitOptions) => {
  const ports = adminPortsOf(store, options);
  const deed = operatorDeed(store);
  const areas = options.area === false ? [] : options.area;
  const head = options.head === false ? null : options.head;
  if (before === null)
    return addUnit(ports)({ name: options.rename ?? name, areas: areas ?? [], head }, deed);
  const wanted = { name: options.rename ?? before.name, areas: areas ?? before.areas, head };
  return changeUnit(ports)(before.id, wanted, { ...deed, version: before.version });
};

const setUnit = async (
  typed: string,
  options: UnitOptions,
  { terminal, ...tool }: Tool,
): Promise<ExitCode> => {
  const name = checkName('NAME', typed);
  if (options.rename !== undefined) checkName('--rename', options.rename);
  const store = await openStoreOf({ terminal, ...tool }, options);
  const before = await store.units.find(unitIdOf(name));
  const outcome = await settle(store, before, name, options);
  if (!outcome.ok) {
    const { error } = outcome;
    const faults =
      error.name === 'AreasUnknown'
        ? error.codes.map((code) => `--area ${quote(code)}: there is no such area. Import it first.`)
        : [`${name}: ${sentenceOf(error)}`];
    for (const fault of faults) terminal.warn(fault);
    return 1;
  }
  const change =
    before === null ? 'added' : isDeepStrictEqual(before, outcome.value) ? 'unchanged' : 'changed';
  terminal.say(`${outcome.value.id} ${change}${dryRunNote(options.dryRun)}`);
  return 0;
};

const describe = ({ id, name, areas }: Unit): string => [id, areas.length, name].join('\t');

const list = async (options: ReadOptions, tool: Tool): Promise<ExitCode> => {
  const store = await openStoreOf(tool, options);
  for (const unit of await store.units.list()) tool.terminal.say(describe(unit));
  return 0;
};

const show = async (typed: string, options: ReadOptions, tool: Tool): Promise<ExitCode> => {
  const store = await openStoreOf(tool, options);
  const unit = await store.units.find(unitIdOf(typed));
  if (!unit) {
    tool.terminal.warn(`${quote(typed)}: there is no such unit.`);
    return 1;
  }
  const directory = await store.areas.directory();
  tool.terminal.say(`id: ${unit.id}`);
  tool.terminal.say(`name: ${unit.name}`);
  tool.terminal.say(`head: ${unit.head ?? 'nobody'}`);
  for (const code of unit.areas) {
    const area = directory.find(code);
    tool.terminal.say(`covers: ${code} ${area?.name ?? 'unknown'}${area?.superseded ? ' (superseded)' : ''}`);
  }
  return 0;
};

/** `folkmoot unit set|list|show` */
export const addUnits = ({ program, tool, finish }: Commands): void => {
  const group = program.command('unit').description('units, and the areas that they cover: set, list, show');
  writing(group.command('set'))
    .description('add a unit, rename it, or say anew which areas it covers')
    .argument('<name>', 'the name of the unit, or its id')
    .option('--area <code...>', 'the boroughs and wards that it covers from now on, instead of those before')
    .option('--no-area', 'it covers nothing from now on')
    .option('--rename <text>', 'its new name; the id stays')
    .option('--head <email>', 'the address of its head, who hears of what is long overdue')
    .option('--no-head', 'nobody heads it from now on')
    .action(async (name: string, options: UnitOptions) => finish(await setUnit(name, options, tool)));
  reading(group.command('list'))
    .description('list units by name: id, number of areas, name')
    .action(async (options: ReadOptions) => finish(await list(options, tool)));
  reading(group.command('show'))
    .description('show a unit, and what it covers')
    .argument('<unit>', 'its id, or its name')
    .action(async (unit: string, options: ReadOptions) => finish(await show(unit, options, tool)));
};
