import * as z from 'zod';
import { shorten } from './file-refusal.ts';
import { columnName, type ListingOrRefusal, refuseFile } from './listing.ts';

const collectionSchema = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(z.unknown()),
});

const featureSchema = z.object({ properties: z.record(z.string(), z.unknown()) });

const parseJson = (text: string): { value: unknown } | { fault: string } => {
  try {
    return { value: JSON.parse(text) };
  } catch (fault) {
    return { fault: fault instanceof SyntaxError ? fault.message : String(fault) };
  }
};

const propertiesOf = (feature: unknown): ReadonlyMap<string, unknown> => {
  const parsed = featureSchema.safeParse(feature);
  const properties = parsed.success ? Object.entries(parsed.data.properties) : [];
  return new Map(properties.map(([name, value]) => [columnName(name), value]));
};

/** Reads a GeoJSON FeatureCollection (RFC 7946); geometries are left alone. */
export const listFeatures = (file: string, text: string): ListingOrRefusal => {
  const json = parseJson(text);
  if ('fault' in json) {
    const problem = `this is not JSON (${shorten(json.fault)}). Download the file again as GeoJSON.`;
    return refuseFile(file, problem);
  }
  const collection = collectionSchema.safeParse(json.value);
  if (!collection.success)
    return refuseFile(
      file,
      'this is JSON but not a GeoJSON FeatureCollection. Download the file again as GeoJSON.',
    );
  const rows = collection.data.features.map((feature, index) => ({
    number: index + 1,
    fields: propertiesOf(feature),
  }));
  const columns = new Set(rows.flatMap((row) => [...row.fields.keys()]));
  return { listing: { file, rowNoun: 'feature', columnNoun: 'property', columns, rows } };
};
