import type { AreaCode } from '#domain/areas/area.ts';
import type { WardListed } from '#domain/areas/import-areas.ts';
import { type FileRefusal, quote } from './file-refusal.ts';
import type { WardPlaced } from './list-wards.ts';

/** What all files say together. */
export interface WardsAgreed {
  readonly wards: readonly WardListed[];
  /** Rows that say what another has said before. */
  readonly repeated: number;
  readonly refusals: readonly FileRefusal[];
}

const placeOf = ({ file, where }: WardPlaced): string => `${file}, ${where}`;

/** What two places say differently about one borough; null when they agree. */
const disagreeOnBorough = (earlier: WardPlaced, later: WardPlaced): string | null => {
  const [said, says] = [earlier.ward, later.ward];
  const { code } = says.borough;
  if (said.edition !== says.edition)
    return `the list of ${code} is of ${says.edition} here and of ${said.edition} in ${placeOf(earlier)}. Bring one of the two.`;
  return said.borough.name === says.borough.name
    ? null
    : `${code} is ${quote(says.borough.name)} here and ${quote(said.borough.name)} in ${placeOf(earlier)}.`;
};

const disagreeOnWard = (earlier: WardPlaced, later: WardPlaced): string | null => {
  const [said, says] = [earlier.ward, later.ward];
  if (said.name !== says.name)
    return `${says.code} is ${quote(says.name)} here and ${quote(said.name)} in ${placeOf(earlier)}.`;
  return said.borough.code === says.borough.code
    ? null
    : `${says.code} lies in ${says.borough.code} here and in ${said.borough.code} in ${placeOf(earlier)}.`;
};

/**
 * Puts lists together. A row that says the same again is counted once; two that contradict each other (two
 * names or two boroughs of one ward, two names or two editions of one borough) are refused with both places.
 */
export const findContradictions = (placed: readonly WardPlaced[]): WardsAgreed => {
  const boroughs = new Map<AreaCode, WardPlaced>();
  const wards = new Map<AreaCode, WardPlaced>();
  const refusals: FileRefusal[] = [];
  const told = new Set<string>();
  let repeated = 0;
  const refuse = ({ file, where }: WardPlaced, problem: string) => refusals.push({ file, where, problem });

  const agreesOnBorough = (current: WardPlaced): boolean => {
    const { code } = current.ward.borough;
    const first = boroughs.get(code);
    if (!first) boroughs.set(code, current);
    const problem = first ? disagreeOnBorough(first, current) : null;
    // Once a file and borough: the other wards of a list of another year say nothing new.
    const telling = `${current.file}\n${code}`;
    if (problem !== null && !told.has(telling)) refuse(current, problem);
    if (problem !== null) told.add(telling);
    return problem === null;
  };

  for (const current of placed) {
    if (!agreesOnBorough(current)) continue;
    const first = wards.get(current.ward.code);
    const problem = first ? disagreeOnWard(first, current) : null;
    if (!first) wards.set(current.ward.code, current);
    else if (problem !== null) refuse(current, problem);
    else repeated += 1;
  }
  return { wards: [...wards.values()].map(({ ward }) => ward), repeated, refusals };
};
