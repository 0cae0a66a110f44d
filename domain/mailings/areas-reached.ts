import type { AreaCode } from '../areas/area.ts';
import type { AreaDirectory } from '../areas/area-directory.ts';

/**
 * The areas that lie within these: themselves, the wards of boroughs, and wards of yesterday in whose place these have
 * come. No areas are the whole force. What people left or asked for stays with the ward that it was then.
 */
export const areasWithin = (directory: AreaDirectory, areas: readonly AreaCode[]): readonly AreaCode[] => {
  const all = directory.all();
  if (areas.length === 0) return all.map(({ code }) => code);
  const reached = new Set(areas);
  for (let before = 0; before < reached.size; ) {
    before = reached.size;
    for (const { code, borough, superseded } of all) {
      const isWithin = borough !== null && reached.has(borough);
      if (isWithin || superseded?.by.some((successor) => reached.has(successor))) reached.add(code);
    }
  }
  return [...reached];
};

/**
 * The areas for which somebody asked to hear who is reached by a message to these: those within, the boroughs of wards,
 * and null for those who asked for the whole force.
 */
export const areasAskedFor = (
  directory: AreaDirectory,
  areas: readonly AreaCode[],
): readonly (AreaCode | null)[] => {
  const boroughs = areas.flatMap((code) => directory.find(code)?.borough ?? []);
  return [...new Set<AreaCode | null>([null, ...areasWithin(directory, areas), ...boroughs])];
};
