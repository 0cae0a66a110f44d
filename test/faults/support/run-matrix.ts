import type { Area } from '#domain/areas/area.ts';
import type { ProductLaptop } from '#test/support/product-laptop.ts';
import { type FaultConsole, openFaultConsole } from './console.ts';
import { type MailRoom, openMailRoom } from './mail-room.ts';
import { type Played, play, untilTheyHold } from './play.ts';
import { OPERATOR, type Scenario } from './scenario.ts';
import { openScene, type Scene } from './scene.ts';
import {
  allStrikes,
  type CallMade,
  type Deliveries,
  describe,
  MOST_OF_A_SCENARIO,
  type Strike,
  seedOf,
} from './strike.ts';

export interface MatrixResult {
  readonly scenario: string;
  readonly runs: readonly (Played & { readonly strike: Strike; readonly seed: number })[];
  /** How many runs of the whole matrix these were picked from. */
  readonly of: number;
}

export interface MatrixOptions {
  readonly laptop: ProductLaptop;
  readonly scenario: Scenario;
  /** Which of all faults are tried. */
  readonly pick: (strikes: readonly Strike[]) => readonly Strike[];
  /** The day on which it happens, at an hour when nothing is scheduled: one of its own for each scenario. */
  readonly day: string;
  readonly tell: (line: string) => void;
  /** How long it waits for invariants to hold. */
  readonly patienceMs?: number;
}

interface Stage {
  readonly laptop: ProductLaptop;
  readonly console: FaultConsole;
  readonly mailRoom: MailRoom;
  readonly store: Awaited<ReturnType<ProductLaptop['store']>>;
}

/** Processes start, areas are read: a first run makes more calls than those that follow. */
const CLEAN_RUNS = 2;
/** It takes a second until every function knows of new wards: those for the gate are there before it is known how many. */
const RUNS_OF_THE_GATE = MOST_OF_A_SCENARIO;

/** Lives a scenario cleanly, counts its calls, and then once for each picked fault. */
export async function runMatrix(options: MatrixOptions): Promise<MatrixResult> {
  const { laptop, scenario, pick, tell } = options;
  const store = await laptop.store();
  const stage = {
    laptop,
    store,
    console: openFaultConsole(laptop),
    mailRoom: await openMailRoom(laptop, store),
  };
  await stage.console.endFaults();
  const ground = await addWards(laptop, scenario.name, CLEAN_RUNS + RUNS_OF_THE_GATE);
  const strikes = await findStrikes(stage, options, ground.slice(0, CLEAN_RUNS));
  const picked = pick(strikes);
  tell(`${scenario.name}: ${picked.length} of ${strikes.length} faults`);
  const ready = ground.slice(CLEAN_RUNS);
  const wards =
    picked.length > ready.length ? await addWards(laptop, `${scenario.name}, and all`, picked.length) : ready;
  const runs: (Played & { strike: Strike; seed: number })[] = [];
  for (const [index, strike] of picked.entries()) {
    const seed = seedOf(scenario.name, strike);
    const scene = sceneOf(stage, options, wards[index] as Area, { number: index, strike, strikes });
    const played = await play(stage.console, scenario, scene, {
      strike,
      seed,
      patienceMs: options.patienceMs,
    });
    runs.push({ ...played, strike, seed });
    tell(line(scenario, strike, seed, played));
  }
  return { scenario: scenario.name, runs, of: strikes.length };
}

/** Fresh ground for so many runs: wards with teams of their own, in one borough as a borough has many. */
async function addWards(laptop: ProductLaptop, name: string, count: number): Promise<readonly Area[]> {
  const names = Array.from({ length: count }, (_, index) => `Ward ${index + 1} to ${name}`);
  return (await laptop.addBorough(`Borough to ${name}`, names, 'of each ward')).wards;
}

function sceneOf(
  stage: Stage,
  { day }: MatrixOptions,
  ward: Area,
  { number, strike, strikes }: { number: number; strike: Strike | null; strikes: readonly Strike[] },
): Scene {
  const watchesEvents = strikes.some(({ operation }) => operation === 'delivery');
  return openScene({ ...stage, ward, number, day, strike, watchesEvents });
}

/** What there is to strike at, as a clean run shows it. */
async function findStrikes(stage: Stage, options: MatrixOptions, wards: readonly Area[]): Promise<Strike[]> {
  const { console } = stage;
  const { scenario } = options;
  const seen: Strike[][] = [];
  for (const ward of wards) {
    const scene = sceneOf(stage, options, ward, { number: 0, strike: null, strikes: [] });
    await scene.reset();
    const deed = await scenario.prepare(scene);
    await console.settle();
    await console.forgetCalls();
    await console.inject({ seed: 1, rules: probes(scenario) });
    const invariants = await deed();
    const byOperator = (await console.faults()).rules.at(-1)?.matched ?? 0;
    const own = await operationsOfOperator(console, scenario, byOperator);
    await untilTheyHold(console, scene, invariants);
    const calls = [...(await callsOf(console, scenario)), ...own];
    seen.push(allStrikes(calls, await deliveriesOf(console, scenario)));
    await console.endFaults();
  }
  // The fewest: on a machine that has other work to do, a call may be made twice.
  return seen.toSorted((a, b) => a.length - b.length)[0] ?? [];
}

const SOURCES = ['streams', 'sqs'] as const;

/** Rules that never strike, and count: deliveries by function and source, and at last every call of the database. */
const probes = ({ of }: Scenario): object[] => [
  ...of
    .filter((name) => name !== OPERATOR)
    .flatMap((name) =>
      SOURCES.map((engine) => ({ engine, function: name, effect: 'duplicate', probability: 0 })),
    ),
  { engine: 'dynamodb', effect: 'delay', probability: 0 },
];

async function callsOf(console: FaultConsole, { of }: Scenario): Promise<CallMade[]> {
  const calls = await console.calls();
  return calls
    .filter((call) => of.includes(call.function))
    .map(({ function: name, engine, operation }) => ({
      of: name,
      engine: engine as CallMade['engine'],
      operation,
    }));
}

/** The operator's calls are in no function's log: they are those of the database that no function made. */
async function operationsOfOperator(
  console: FaultConsole,
  { of }: Scenario,
  calls: number,
): Promise<CallMade[]> {
  if (!of.includes(OPERATOR)) return [];
  const byFunctions = (await console.calls()).filter(({ engine }) => engine === 'dynamodb').length;
  return Array.from({ length: calls - byFunctions }, () => ({
    of: OPERATOR,
    engine: 'dynamodb' as const,
    operation: '*',
  }));
}

async function deliveriesOf(console: FaultConsole, { of }: Scenario): Promise<Deliveries[]> {
  const { rules } = await console.faults();
  return of.flatMap((name) =>
    SOURCES.map((engine) => ({
      of: name,
      engine,
      count: rules.find((rule) => rule.engine === engine && rule.function === name)?.matched ?? 0,
    })),
  );
}

const line = (scenario: Scenario, strike: Strike, seed: number, { fired, violation, milliseconds }: Played) =>
  `${violation === null ? 'ok  ' : 'BAD '} seed ${String(seed).padStart(10)}  ${scenario.name}: ${describe(strike)}` +
  `${fired === 0 ? ' (was not reached)' : ''}  ${Math.round(milliseconds)} ms` +
  `${violation === null ? '' : `\n     ${violation}`}`;
