import { expect } from 'vitest';
import { importAreas, type WardListed } from '#domain/areas/import-areas.ts';
import { OPERATOR, type Scenario } from '../support/scenario.ts';

const ATTEMPTS = 3;
/** More than go into one batch. */
const WARDS = 30;

const importList: Scenario = {
  name: 'import a list of areas',
  of: [OPERATOR],
  prepare: async ({ laptop, ward }) => {
    // A borough of its own for each run, numbered as the ward that stands for its ground.
    const number = ward.slice(-5);
    const borough = { code: `E098${number}`, name: `Listed ${number}` };
    const list: WardListed[] = Array.from({ length: WARDS }, (_, index) => ({
      code: `E05${String(500_000 + Number(number) * WARDS + index)}`,
      name: `Listed ${index}`,
      borough,
      edition: 2026,
    }));
    return async () => {
      const store = await laptop.store();
      for (let attempt = 1; ; attempt += 1) {
        const done = await importAreas(store)(list, { dryRun: false }).catch((fault: Error) => fault);
        if (!(done instanceof Error)) break;
        if (attempt === ATTEMPTS) throw done;
      }
      return async () => {
        const directory = await (await laptop.store()).areas.directory();
        const wards = directory.wardsOf(borough.code).filter(({ superseded }) => superseded === null);
        expect(wards.map(({ code }) => code).sort()).toEqual(list.map(({ code }) => code).sort());
      };
    };
  },
};

/** What the operator's tool does. */
export const operatorScenarios: readonly Scenario[] = [importList];
