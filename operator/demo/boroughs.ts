import type { Area, AreaCode, LocalTeam } from '#domain/areas/area.ts';

// Codes and names of boroughs and wards: Office for National Statistics licensed under the Open Government
// Licence v3.0; contains OS data © Crown copyright and database right 2025. Teams and mailboxes are invented.
const EDITION = 2025;

interface DemoBorough {
  readonly code: AreaCode;
  readonly name: string;
  /** Wards by name; those without a mailbox are served by the borough's team. */
  readonly wards: readonly (readonly [code: AreaCode, name: string, mailbox?: string])[];
}

const boroughs: readonly DemoBorough[] = [
  {
    code: 'E09000007',
    name: 'Camden',
    wards: [
      ['E05013653', 'Bloomsbury'],
      ['E05013655', 'Camden Town', 'camden-town'],
      ['E05013658', 'Gospel Oak', 'gospel-oak'],
      ['E05013662', 'Holborn & Covent Garden', 'holborn'],
      ['E05013664', 'Kentish Town South', 'kentish-town'],
      ['E05013665', 'Kilburn', 'kilburn'],
      ['E05013666', "King's Cross", 'kings-cross'],
      ['E05013669', 'St Pancras & Somers Town', 'somers-town'],
    ],
  },
  {
    code: 'E09000012',
    name: 'Hackney',
    wards: [
      ['E05009370', 'Dalston', 'dalston'],
      ['E05009371', 'De Beauvoir'],
      ['E05009372', 'Hackney Central', 'hackney-central'],
      ['E05009374', 'Hackney Wick', 'hackney-wick'],
      ['E05009376', 'Homerton', 'homerton'],
      ['E05009381', 'London Fields', 'london-fields'],
      ['E05009385', 'Stoke Newington', 'stoke-newington'],
    ],
  },
  {
    code: 'E09000023',
    name: 'Lewisham',
    wards: [
      ['E05013716', 'Brockley'],
      ['E05013717', 'Catford South', 'catford'],
      ['E05013719', 'Deptford', 'deptford'],
      ['E05013722', 'Forest Hill', 'forest-hill'],
      ['E05013725', 'Ladywell'],
      ['E05013727', 'Lewisham Central', 'lewisham-central'],
      ['E05013731', 'Sydenham', 'sydenham'],
    ],
  },
];

const teamOf = (name: string, mailbox: string): LocalTeam => ({
  name: `${name} local team`,
  mailbox: `${mailbox}@folkmoot.example`,
});

const areasOf = ({ code, name, wards }: DemoBorough): Area[] => [
  {
    code,
    name,
    kind: 'borough',
    borough: null,
    edition: EDITION,
    team: { name: `${name} engagement team`, mailbox: `${name.toLowerCase()}@folkmoot.example` },
    superseded: null,
  },
  ...wards.map(
    ([ward, wardName, mailbox]): Area => ({
      code: ward,
      name: wardName,
      kind: 'ward',
      borough: code,
      edition: EDITION,
      team: mailbox === undefined ? null : teamOf(wardName, mailbox),
      superseded: null,
    }),
  ),
];

/** Three boroughs of the invented authority, with some of their wards. */
export const demoAreas: readonly Area[] = boroughs.flatMap(areasOf);
