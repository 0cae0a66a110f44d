import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';
import type { Area } from '#domain/areas/area.ts';
import { openStore } from '#operator/container.ts';
import { findLaptop } from '#operator/place.ts';
import type { Store } from '#operator/store.ts';
import { Visitor } from './http-client.ts';
import { clientOf, type LaptopClient, startLaptop } from './laptop.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The data folder of the laptop of the tests of the whole product. */
    readonly productLaptop: string;
  }
}

/** A Tuesday with nothing special about it. */
export const START = '2027-03-09T10:00:00Z';

/**
 * One laptop with the demonstration data for all tests of the whole product. FOLKMOOT_TEST_LAPTOP names the data
 * folder of one that runs already, which is quicker when one of the tests is being written.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const running = process.env.FOLKMOOT_TEST_LAPTOP;
  if (running) {
    project.provide('productLaptop', running);
    return async () => {};
  }
  const { dataDir, stop } = await startLaptop({
    empty: false,
    now: START,
    env: { FOLKMOOT_ABUSE_LIMITS: 'off' },
  });
  project.provide('productLaptop', dataDir);
  return stop;
}

/** The laptop, with what the tests of the whole product need of it. */
export interface ProductLaptop extends LaptopClient {
  readonly url: string;
  readonly consoleUrl: string;
  readonly dataDir: string;
  /** Somebody of the public. */
  visitor(): Visitor;
  /** A post of the demonstration, signed in: `coordinator`, `practitioner`, ... */
  staff(post: string): Promise<Visitor>;
  /** What is stored, with the operator's credentials. */
  store(): Promise<Store>;
  /** Stores areas, and waits until every function knows: each asks at most once a second. */
  saveAreas(areas: readonly Area[]): Promise<void>;
  /** Adds a borough with wards of a test's own, so that tests do not see each other's submissions. */
  addBorough(
    name: string,
    wards: readonly string[],
    /** Who is told of submissions. Default: one team for the borough. */
    teams?: 'of the borough' | 'of each ward',
  ): Promise<Ground>;
}

/** Where a test works undisturbed. */
export interface Ground {
  readonly borough: Area;
  readonly wards: readonly Area[];
  readonly mailbox: string;
  /** An address that nobody else here uses. */
  address(name: string): string;
}

/** Opens the laptop that these tests share, or one of a test's own. */
export function openProduct(dataDir: string = inject('productLaptop')): ProductLaptop {
  const endpoints = readFileSync(join(dataDir, 'endpoints.json'), 'utf8');
  const { publicUrl: url, consoleUrl } = JSON.parse(endpoints) as { publicUrl: string; consoleUrl: string };
  const client = clientOf(url, consoleUrl);
  const saveAreas = async (areas: readonly Area[]) => {
    await (await store()).areas.save(areas);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
  };
  const store = () => openStore(findLaptop({ FOLKMOOT_DATA: dataDir }));
  return {
    url,
    consoleUrl,
    dataDir,
    ...client,
    store,
    saveAreas,
    visitor: () => new Visitor(url),
    staff: async (post) => new Visitor(url, (await client.session(`${post}@folkmoot.example`)).cookie),
    addBorough: async (name, wards, teams = 'of the borough') => {
      const { areas } = await store();
      const directory = await areas.directory();
      const ground = describeGround(name, wards, (code) => directory.find(code) !== null);
      const described = teams === 'of each ward' ? giveTeams(ground) : ground;
      await saveAreas([described.borough, ...described.wards]);
      return described;
    },
  };
}

/** Codes that no list of the Office for National Statistics has, and nobody else here. */
function* freeCodes(prefix: string, isTaken: (code: string) => boolean): Generator<string, never> {
  for (let number = 1; ; number += 1) {
    const code = `${prefix}${String(number).padStart(9 - prefix.length, '0')}`;
    if (!isTaken(code)) yield code;
  }
}

const giveTeams = (ground: Ground): Ground => ({
  ...ground,
  wards: ground.wards.map((ward) => ({
    ...ward,
    team: { name: `${ward.name} team`, mailbox: `team-${ward.code.toLowerCase()}@folkmoot.example` },
  })),
});

function describeGround(name: string, wards: readonly string[], isTaken: (code: string) => boolean): Ground {
  const code = freeCodes('E099', isTaken).next().value;
  const wardCodes = freeCodes('E059', isTaken);
  const mailbox = `team-${code.toLowerCase()}@folkmoot.example`;
  const common = { edition: 2025, superseded: null };
  const team = { name: `${name} team`, mailbox };
  return {
    mailbox,
    address: (who) => `${who}-${code.toLowerCase()}@example.org`,
    borough: { ...common, code, name, kind: 'borough', borough: null, team },
    wards: wards.map((ward) => ({
      ...common,
      code: wardCodes.next().value,
      name: ward,
      kind: 'ward',
      borough: code,
      team: null,
    })),
  };
}
