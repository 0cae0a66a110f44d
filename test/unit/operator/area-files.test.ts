import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WardListed } from '#domain/areas/import-areas.ts';
import { describeRefusal, quote } from '#operator/area-files/file-refusal.ts';
import { findContradictions } from '#operator/area-files/find-contradictions.ts';
import { readAreaBytes } from '#operator/area-files/read-area-files.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (file: string, text: string) => {
  const { wards, refusals } = readAreaBytes(file, bytes(text));
  return { wards: wards.map(({ ward }) => ward), refusals: refusals.map(describeRefusal) };
};

const feature = (properties: unknown) => ({ type: 'Feature', geometry: null, properties });
const collection = (...properties: unknown[]) =>
  JSON.stringify({ type: 'FeatureCollection', features: properties.map(feature) });

const BELSIZE = { WD25CD: 'E05013652', WD25NM: 'Belsize', LAD25CD: 'E09000007', LAD25NM: 'Camden' };
const belsize: WardListed = {
  code: 'E05013652',
  name: 'Belsize',
  borough: { code: 'E09000007', name: 'Camden' },
  edition: 2025,
};

describe('GeoJSON', () => {
  it('gives the wards, whatever else a feature has', () => {
    const text = collection({ FID: 1, ...BELSIZE, WD25NMW: ' ', LONG: -0.17, GlobalID: null });
    expect(read('a.geojson', text)).toEqual({ wards: [belsize], refusals: [] });
  });

  it('reads any year and tidies what surrounds a value', () => {
    const text = collection({
      WD11CD: ' E05013652 ',
      WD11NM: 'Bel  size\t',
      LAD11CD: 'E09000007',
      LAD11NM: 'Camden',
    });
    expect(read('a.json', text).wards).toEqual([{ ...belsize, name: 'Bel size', edition: 2011 }]);
  });

  it('takes the latest year when a list has several', () => {
    const text = collection({ ...BELSIZE, WD24CD: 'E05000128' });
    expect(read('a.geojson', text).wards).toEqual([belsize]);
  });

  it.each([
    ['[1, 2', /a\.geojson: this is not JSON \(.+\)\. Download/],
    ['[]', /JSON but not a GeoJSON FeatureCollection/],
    ['{"type":"Feature","features":[]}', /JSON but not a GeoJSON FeatureCollection/],
    ['{"type":"FeatureCollection","features":[]}', /there is no feature in it/],
    ['', /the file is empty/],
    ['\uFEFF  \n', /the file is empty/],
    [collection({ name: 'x' }), /property WDnnCD, WDnnNM, LADnnCD and LADnnNM is missing/],
    [collection({ ...BELSIZE, LAD25NM: undefined }), /property LAD25NM is missing/],
    [collection({ ...BELSIZE, WD26CD: 'E05013652' }), /property WD26NM, LAD26CD and LAD26NM is missing/],
  ])('refuses %j in one line', (text, expected) => {
    const { wards, refusals } = read('a.geojson', text);
    expect(wards).toEqual([]);
    expect(refusals).toEqual([expect.stringMatching(expected)]);
  });

  it('refuses value by value, each with its place', () => {
    const text = collection(
      BELSIZE,
      { ...BELSIZE, WD25CD: 'S13002842', LAD25CD: 'S12000033' },
      { ...BELSIZE, WD25NM: ' ' },
      { ...BELSIZE, WD25CD: 5013652 },
      null,
    );
    expect(read('a.geojson', text).refusals).toEqual([
      expect.stringMatching(/^a\.geojson, feature 2, property WD25CD: "S13002842" is not the code of a ward/),
      expect.stringMatching(
        /^a\.geojson, feature 2, property LAD25CD: "S12000033" is not the code of a local/,
      ),
      'a.geojson, feature 3, property WD25NM: the name is missing.',
      expect.stringMatching(/^a\.geojson, feature 4, property WD25CD: the code of a ward .* is missing/),
      ...['WD25CD', 'WD25NM', 'LAD25CD', 'LAD25NM'].map((name) =>
        expect.stringMatching(new RegExp(`^a\\.geojson, feature 5, property ${name}:`)),
      ),
    ]);
  });
});

describe('CSV', () => {
  const header = 'WD25CD,WD25NM,LAD25CD,LAD25NM';

  it('takes a byte order mark, CRLF, blank rows, other columns and another order', () => {
    const text =
      '\uFEFFObjectId,LAD25NM,wd25nm,LAD25CD,WD25CD\r\n1,Camden,Belsize,E09000007,E05013652\r\n,,,,\r\n';
    expect(read('a.csv', text)).toEqual({ wards: [belsize], refusals: [] });
  });

  it('takes Windows-1252', () => {
    const text = `${header}\r\nW05000981,Ynys M\u00f4n,W06000001,Isle of Anglesey\r\n`;
    const { wards } = readAreaBytes(
      'a.csv',
      Uint8Array.from(text, (character) => character.charCodeAt(0)),
    );
    expect(wards[0]?.ward.name).toBe('Ynys Môn');
  });

  it('takes UTF-16 as spreadsheets write it', () => {
    const text = `\uFEFF${header.replaceAll(',', '\t')}\nE05013652\tBelsize\tE09000007\tCamden\n`;
    const { wards } = readAreaBytes('a.txt', new Uint8Array(Buffer.from(text, 'utf16le')));
    expect(wards.map(({ ward }) => ward)).toEqual([belsize]);
  });

  it.each([
    [header, /there is no row in it/],
    ['name,code\nBelsize,E05013652', /column WDnnCD, .+ is missing/],
    [`${header}\nE05013652,"Belsize,E09000007,Camden`, /not a CSV file that can be read/],
    ['PK\u0000\u0003', /this is not text/],
  ])('refuses %j in one line', (text, expected) => {
    expect(read('a.csv', text).refusals).toEqual([expect.stringMatching(expected)]);
  });

  it('counts rows as a spreadsheet does, and refuses a short one', () => {
    const text = `${header}\n\nE05013652,Belsize,E09000007\n`;
    expect(read('a.csv', text).refusals).toEqual(['a.csv, row 3, column LAD25NM: the name is missing.']);
  });
});

describe('several lists together', () => {
  const placed = (file: string, ward: WardListed, number = 1) => ({ ward, file, where: `row ${number}` });
  const told = (...wards: Parameters<typeof placed>[]) => {
    const { refusals, ...rest } = findContradictions(wards.map((each) => placed(...each)));
    return { ...rest, refusals: refusals.map(describeRefusal) };
  };

  it('counts once what is said twice', () => {
    expect(told(['a', belsize], ['b', belsize])).toEqual({ wards: [belsize], repeated: 1, refusals: [] });
  });

  it('refuses two names of a ward with both places', () => {
    expect(told(['a', belsize], ['b', { ...belsize, name: 'Bellsize' }, 7]).refusals).toEqual([
      'b, row 7: E05013652 is "Bellsize" here and "Belsize" in a, row 1.',
    ]);
  });

  it('refuses a ward in two boroughs', () => {
    const moved = { ...belsize, borough: { code: 'E09000012', name: 'Hackney' } };
    expect(told(['a', belsize], ['a', moved, 2]).refusals).toEqual([
      'a, row 2: E05013652 lies in E09000012 here and in E09000007 in a, row 1.',
    ]);
  });

  it('refuses two names and two editions of a borough, once a file', () => {
    const other = { ...belsize, code: 'E05013653' };
    const renamed = { ...belsize, borough: { code: 'E09000007', name: 'Camdon' } };
    const older = { ...other, edition: 2024 };
    expect(told(['a', belsize], ['b', renamed], ['c', older], ['c', older, 2]).refusals).toEqual([
      'b, row 1: E09000007 is "Camdon" here and "Camden" in a, row 1.',
      'c, row 1: the list of E09000007 is of 2024 here and of 2025 in a, row 1. Bring one of the two.',
    ]);
  });
});

describe('whatever comes', () => {
  const code = (letters: string) =>
    fc.integer({ min: 0, max: 999_999 }).map((number) => letters + String(number).padStart(6, '0'));
  const name = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
    .map((text) =>
      text
        .normalize('NFC')
        .replace(/[\p{Cc}\p{Cs}\s]+/gu, ' ')
        .trim(),
    )
    .filter((text) => text !== '' && /^[^\uFFFD]*$/.test(text) && text === text.normalize('NFC'));
  const list = fc.uniqueArray(fc.record({ code: code('E05'), name }), {
    minLength: 1,
    maxLength: 20,
    selector: (ward) => ward.code,
  });
  const csv = (values: readonly string[], separator: string) =>
    values.map((value) => `"${value.replaceAll('"', '""')}"`).join(separator);

  it('a list comes back from CSV and from GeoJSON as it was', () => {
    const styles = fc.record({
      separator: fc.constantFrom(',', ';', '\t'),
      end: fc.constantFrom('\n', '\r\n', '\r'),
    });
    fc.assert(
      fc.property(list, styles, (wards, { separator, end }) => {
        const columns = ['WD25CD', 'WD25NM', 'LAD25CD', 'LAD25NM'];
        const rows = wards.map((ward) => [ward.code, ward.name, 'E09000007', 'Camden']);
        const text = [columns, ...rows].map((row) => csv(row, separator)).join(end);
        const features = rows.map((row) =>
          Object.fromEntries(columns.map((column, at) => [column, row[at]])),
        );
        const expected = wards.map((ward) => ({ ...belsize, ...ward }));
        expect(read('a.csv', text)).toEqual({ wards: expected, refusals: [] });
        expect(read('a.geojson', collection(...features))).toEqual({ wards: expected, refusals: [] });
      }),
      { numRuns: 60 },
    );
  });

  it('any bytes and any JSON are answered: wards or refusals, never a fault', () => {
    const files = fc.constantFrom('a.csv', 'a.geojson', 'a');
    const contents = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.json().map(bytes),
      fc
        .array(fc.anything())
        .map((all) =>
          bytes(collection(...all.map((each) => JSON.parse(JSON.stringify(each, safe) ?? 'null')))),
        ),
    );
    fc.assert(
      fc.property(files, contents, (file, content) => {
        const { wards, refusals } = readAreaBytes(file, content);
        expect(wards.length + refusals.length).toBeGreaterThan(0);
        for (const refusal of refusals) expect(describeRefusal(refusal)).toMatch(/^[^\p{Cc}]+$/u);
      }),
      { numRuns: 300 },
    );
  });

  it('what is quoted cannot control a terminal', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(quote(text)).toMatch(/^"[^\p{Cc}\p{Cf}]*"$/u);
        expect(quote(text).length).toBeLessThanOrEqual(63);
      }),
    );
  });
});

const safe = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);
