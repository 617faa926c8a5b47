/**
 * Shares and offices that no tidy register has: rings, chains longer than are followed, several shares between the same two, parts too small
 * to count and parts just large enough, more holders and more edges than are shown, and hidden subjects in the middle of it all.
 */

/** A legal person or a person of the cast, by its rank among those. */
type Holder = { readonly legal: number } | { readonly person: number };

const rankOf = (kind: string, rank: number): string =>
  `(select id from citygraph.subject where kind = '${kind}' order by id offset ${rank} limit 1)`;
const legal = (rank: number): string => rankOf('legal-person', rank);
const person = (rank: number): string => rankOf('person', rank);
const today = `(now() at time zone 'Asia/Shanghai')::date`;

/** Who holds how many per cent of which legal person. */
const holdings: readonly (readonly [held: number, holder: Holder, percent: string])[] = [
  // A ring of three with persons on it, one of whom owns through every turn, and a legal person that holds itself.
  [0, { legal: 1 }, '60'],
  [0, { person: 0 }, '40'],
  [1, { legal: 2 }, '100'],
  [2, { legal: 0 }, '50'],
  [2, { person: 0 }, '50'],
  [0, { legal: 0 }, '10'],
  // Nine in a row: of 3 the person at 8 is six steps away, the one at 9 seven.
  ...Array.from({ length: 9 }, (_, n) => [3 + n, { legal: 4 + n }, '90'] as const),
  [8, { person: 1 }, '10'],
  [9, { person: 2 }, '10'],
  [5, { person: 3 }, '33.3333'],
  // Several shares between the same two.
  [13, { person: 4 }, '10.0001'],
  [13, { person: 4 }, '20'],
  [13, { legal: 14 }, '15'],
  [13, { legal: 14 }, '5'],
  [14, { person: 4 }, '30'],
  [14, { person: 4 }, '0.5'],
  // Several ways to the same owner, one of them through another; and two owners alike.
  [15, { legal: 16 }, '50'],
  [15, { legal: 17 }, '25'],
  [15, { legal: 18 }, '25'],
  [16, { person: 5 }, '50'],
  [17, { person: 5 }, '50'],
  [18, { legal: 17 }, '100'],
  [16, { person: 6 }, '50'],
  [17, { person: 6 }, '50'],
  // The least part that counts, to the last decimal, in one step and in two; and just below.
  [19, { person: 7 }, '0.1'],
  [19, { person: 8 }, '0.0999'],
  [19, { legal: 20 }, '10'],
  [20, { person: 9 }, '1'],
  [20, { person: 10 }, '0.9999'],
  // Halves of the last decimal that is shown.
  [21, { legal: 22 }, '12.5'],
  [22, { person: 11 }, '12.3452'],
  [22, { person: 12 }, '12.3456'],
];

let serial = 0;
function hold(held: string, holder: Holder, percent: string): string {
  serial += 1;
  const [ofLegal, ofPerson] =
    'legal' in holder ? [legal(holder.legal), 'null::bigint'] : ['null::bigint', person(holder.person)];
  return insertShares(`select ${held}, ${ofLegal}, ${ofPerson}, 'T${serial}', ${percent}`);
}

function insertShares(rows: string): string {
  return `insert into legal_person.shareholder
      (legal_person_id, holder_legal_person_id, person_id, holder_number, share_percent, name, kind, is_controlling, is_pledged, provider, resource, collected_at)
    select held, holder, person, number, percent, '某某', case when person is null then 'ENTERPRISE' else 'NATURAL_PERSON' end, percent > 50, false, 'x', 'x', '2025-03-01 10:00:00.001+08'
      from (${rows}) as rows (held, holder, person, number, percent)`;
}

function holdOffice(held: number, rank: number, leftOn: string): string {
  serial += 1;
  return `insert into legal_person.officer
      (legal_person_id, person_id, officer_number, name, position, is_legal_representative, left_on, provider, resource, collected_at)
    values (${legal(held)}, ${person(rank)}, 'T${serial}', '某某', 'DIRECTOR', false, ${leftOn}, 'x', 'x', now())`;
}

/** Statements, before the subjects' divisions and protection are spread to every copy. */
export function tangledHoldings(): string[] {
  const everyone = `citygraph.subject where kind = 'person'`;
  return [
    `delete from legal_person.shareholder where legal_person_id in (select id from citygraph.subject where kind = 'legal-person' order by id limit 24)`,
    ...holdings.map(([held, holder, percent]) => hold(legal(held), holder, percent)),
    // Everyone holds a little: more than a step has, and more than there may be owners.
    insertShares(`select ${legal(23)}, null::bigint, id, 'S' || id, 0.1 + (id % 3) from ${everyone}`),
    // Of those that the first step leaves out, some are found again behind others: the first left out, and the next.
    hold(legal(24), { person: 0 }, '1'),
    ...[50, 51, 52, 53, 54, 60, 61, 70].map((rank) => holdOffice(24, rank, 'null')),
    // More edges between two than are shown in all.
    insertShares(
      `select ${legal(25)}, null::bigint, ${person(13)}, 'M' || n, 0.1 + 0.0001 * n from generate_series(1, 520) as n`,
    ),
    // Offices that have ended, by turns yesterday, today and tomorrow.
    ...[-1, 0, 1].flatMap((days) => [
      holdOffice(0, 14 + days, `${today} + ${days}`),
      holdOffice(26, 14 + days, `${today} + ${days}`),
      holdOffice(26, 17, 'null'),
    ]),
    // Hidden, in the middle: out of every division, in another one, and protected.
    `update citygraph.subject set division = null where id = ${legal(6)}`,
    `update citygraph.subject set division = '150627' where id in (${legal(16)}, ${legal(1)}, ${person(5)})`,
    `update citygraph.subject set division = '150602' where id in (${[0, 2, 3, 4, 5, 13, 15, 17, 23].map(legal).join(', ')})`,
    `update citygraph.subject set protected_until = 'infinity' where id in (${person(4)}, ${legal(18)}, ${person(51)})`,
    `update citygraph.subject set protected_until = ${today} + 1 where id in (${person(6)})`,
    `update citygraph.subject set protected_until = ${today} where id in (${person(0)})`,
  ];
}

/** What makes peers, and what is the latest, at the edges of its days and of its divisions. */
export function disturbedPeersAndReadings(): string[] {
  const ends = (table: string, column: string): string[] => [
    `update ${table} set ${column} = ${today} where id % 11 = 3`,
    `update ${table} set ${column} = ${today} + 1 where id % 11 = 4`,
    `update ${table} set ${column} = null where id % 11 in (5, 6, 7, 8)`,
  ];
  return [
    ...ends('population.employment', 'ended_on'),
    ...ends('population.household_member', 'left_on'),
    ...ends('legal_person.officer', 'left_on'),
    // Another household's number, and an employer that many have.
    `update population.household_member set household_number = (select min(household_number) from population.household_member) where id % 9 = 2`,
    `update population.employment set legal_person_id = ${legal(0)} where id % 7 = 1`,
    // The latest of a station lies elsewhere, or nowhere.
    ...['ecology.air_reading', 'ecology.water_reading', 'natural_resources.weather_observation'].flatMap((table) => [
      `update ${table} set division = '150627' where id % 5 = 1`,
      `update ${table} set division = null where id % 7 = 2`,
    ]),
  ];
}
