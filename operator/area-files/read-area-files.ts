import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { decodeText } from '#domain/shared/decode-text.ts';
import { faultOf } from '../file-faults.ts';
import { findContradictions, type WardsAgreed } from './find-contradictions.ts';
import { listFeatures } from './list-features.ts';
import { listRows } from './list-rows.ts';
import { listWards, type WardsRead } from './list-wards.ts';
import { type ListingOrRefusal, refuseFile } from './listing.ts';

const isJson = (file: string, text: string): boolean => {
  const extension = extname(file).toLowerCase();
  if (extension === '.csv') return false;
  return extension === '.geojson' || extension === '.json' || /^\s*[{[]/.test(text);
};

const listBytes = (file: string, bytes: Uint8Array): ListingOrRefusal => {
  const text = decodeText(bytes);
  if (text === null) return refuseFile(file, 'this is not text. Bring GeoJSON or CSV.');
  if (text.trim() === '') return refuseFile(file, 'the file is empty. Download it again.');
  return isJson(file, text) ? listFeatures(file, text) : listRows(file, text);
};

/** Reads the wards out of the bytes of one file. Whatever the bytes, it answers; it never throws. */
export const readAreaBytes = (file: string, bytes: Uint8Array): WardsRead => {
  const listed = listBytes(file, bytes);
  return 'refusal' in listed ? { wards: [], refusals: [listed.refusal] } : listWards(listed.listing);
};

const readAreaFile = async (file: string): Promise<WardsRead> => {
  const bytes = await readFile(file).catch((fault: unknown) => faultOf(fault));
  return typeof bytes === 'string'
    ? { wards: [], refusals: [{ file, where: null, problem: bytes }] }
    : readAreaBytes(file, bytes);
};

/** Reads official lists of wards, in GeoJSON or CSV, and puts them together; tells how many it has read. */
export const readAreaFiles = async (
  files: readonly string[],
  progress?: (read: number) => void,
): Promise<WardsAgreed> => {
  const read: WardsRead[] = [];
  for (const file of files) {
    read.push(await readAreaFile(file));
    progress?.(read.length);
  }
  const agreed = findContradictions(read.flatMap(({ wards }) => wards));
  return { ...agreed, refusals: [...read.flatMap(({ refusals }) => refusals), ...agreed.refusals] };
};
