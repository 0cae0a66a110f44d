/** Boroughs and wards that no list of the Office for National Statistics has: the walks have them for themselves. */
export const sampleton = { code: 'E09900001', name: 'Sampleton' };
export const emptyham = { code: 'E09900002', name: 'Emptyham' };

/** Has priorities of every kind. */
export const north = { code: 'E05990001', name: 'Sampleton North' };
/** Has none. */
export const south = { code: 'E05990002', name: 'Sampleton South' };
/** Was redrawn; another ward has its name today. */
export const oldMill = { code: 'E05990003', name: 'Old Mill' };
const newMill = { code: 'E05990004', name: 'Old Mill' };
/** Is gone, and no ward has its name. */
export const goneGreen = { code: 'E05990005', name: 'Gone Green' };
/** One word that is wider than a small phone. */
export const longName = {
  code: 'E05990006',
  name: 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogoch and Surroundings',
};
const fields = { code: 'E05990010', name: 'Emptyham Fields' };

interface Named {
  readonly code: string;
  readonly name: string;
}

/** A list of wards as GeoJSON, in the year 20nn. */
const listOf = (year: string, wards: readonly (readonly [ward: Named, borough: Named])[]) => ({
  type: 'FeatureCollection',
  features: wards.map(([ward, borough]) => ({
    type: 'Feature',
    geometry: null,
    properties: {
      [`WD${year}CD`]: ward.code,
      [`WD${year}NM`]: ward.name,
      [`LAD${year}CD`]: borough.code,
      [`LAD${year}NM`]: borough.name,
    },
  })),
});

/** The lists in the order in which they were published: the second supersedes two wards of the first. */
export const wardLists = [
  listOf('23', [
    [north, sampleton],
    [south, sampleton],
    [oldMill, sampleton],
    [goneGreen, sampleton],
    [longName, sampleton],
    [fields, emptyham],
  ]),
  listOf('24', [
    [north, sampleton],
    [south, sampleton],
    [newMill, sampleton],
    [longName, sampleton],
    [fields, emptyham],
  ]),
];
