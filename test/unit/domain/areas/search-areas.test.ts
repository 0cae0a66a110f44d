import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AreaDirectory } from '#domain/areas/area-directory.ts';
import { searchAreas } from '#domain/areas/search-areas.ts';
import { anyText } from '#test/support/any-text.ts';
import { anArea } from '#test/support/stores/records.ts';

const names: Readonly<Record<string, readonly string[]>> = {
  'Barking and Dagenham': ['Abbey', 'Northbury'],
  Camden: ['Belsize', 'Camden Square', 'King’s Cross', 'St Pancras and Somers Town', 'Abbey Road'],
  'Kensington and Chelsea': ['Queen’s Gate', 'Earl’s Court', "St. Helen's", 'Café Royal'],
};

const areas = Object.entries(names).flatMap(([name, wards], index) => {
  const code = `E0900000${index + 1}`;
  return [
    anArea({ code, name, kind: 'borough', borough: null }),
    ...wards.map((ward, at) => anArea({ code: `E050000${index}${at}`, name: ward, borough: code })),
  ];
});
const gone = anArea({
  code: 'E05000099',
  name: 'Belsize Old',
  borough: 'E09000002',
  superseded: { on: '2022-05-05', by: [] },
});
const directory = new AreaDirectory([...areas, gone]);
const find = (query: string) => searchAreas(directory, query).map(({ area }) => area.name);

describe('area search', () => {
  test.each<[string, string[]]>([
    ['bels', ['Belsize']],
    ['BELSIZE', ['Belsize']],
    ['  belsize  ', ['Belsize']],
    ['abb', ['Abbey', 'Abbey Road']],
    ['barking abbey', ['Abbey']],
    ['abbey barking', ['Abbey']],
    ['abbey, camden', ['Abbey Road']],
    ['barking & dagenham', ['Barking and Dagenham']],
    ['barking and dagenham', ['Barking and Dagenham']],
    ['camden', ['Camden', 'Camden Square']],
    ['square', ['Camden Square']],
    ['kings cross', ['King’s Cross']],
    ["king's cross", ['King’s Cross']],
    ['king’s cross', ['King’s Cross']],
    ['saint pancras', ['St Pancras and Somers Town']],
    ['st. pancras', ['St Pancras and Somers Town']],
    ['saint helens', ["St. Helen's"]],
    ['somers st', ['St Pancras and Somers Town']],
    ['cafe', ['Café Royal']],
    ['cafe\u0301 royal', ['Café Royal']],
    ['belsise', ['Belsize']],
    ['blesize', ['Belsize']],
    ['besize', ['Belsize']],
    ['belssize', ['Belsize']],
    ['kensigton', ['Kensington and Chelsea']],
    ['elsize', ['Belsize']],
    ['belzice', []],
    ['abe', []],
    ['town somers', ['St Pancras and Somers Town']],
    ['abbey kensington', []],
    ['', []],
    ['  ', []],
    ['&', []],
    ['-', []],
    ['😀', []],
    ['\ud83d', []],
    ['<script>', []],
  ])('%j finds %j', (query, found) => {
    expect(find(query)).toEqual(found);
  });

  test('tells the borough of each, which is itself for a borough', () => {
    expect(searchAreas(directory, 'camden').map(({ borough }) => borough.name)).toEqual(['Camden', 'Camden']);
    expect(searchAreas(directory, 'bels')[0]?.borough.name).toBe('Camden');
  });

  test('puts a name that begins so before one that holds it later', () => {
    expect(find('s')).toEqual(['St Pancras and Somers Town', "St. Helen's", 'Camden Square']);
  });

  test('finds every area by its own name, and by a slip in its first long word', () => {
    for (const area of areas) {
      expect(find(area.name), area.name).toContain(area.name);
      const slip = area.name.replace(/\p{L}{5,}/u, (word) => word.slice(0, 2) + word.slice(3));
      expect(find(slip), slip).toContain(area.name);
    }
  });

  test('takes anything, in no time, however long', () => {
    fc.assert(
      fc.property(anyText(300), (query) => {
        expect(searchAreas(directory, query).every(({ area }) => area.superseded === null)).toBe(true);
      }),
    );
    const started = performance.now();
    for (const piece of ['a', 'a ', 'abbey ', 'ﷺ', '’', 'e\u0301'])
      searchAreas(directory, piece.repeat(100_000));
    expect(performance.now() - started).toBeLessThan(500);
  });
});
