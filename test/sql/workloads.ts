/** What the service is asked most, and what touches most: each must find every row by a key, whatever the size of the city. */
import type { Dataset, LinkField, RelationField } from '../../src/model/declaration.js';
import type { Portrait } from '../../src/model/portrait.js';
import type { CoordinateEntry, Registry } from '../../src/model/registry.js';

export interface Workload {
  readonly name: string;
  readonly principal: 'portrait-app' | 'clinic-app';
  readonly query: string;
  /** Which sample it asks for. */
  readonly asksFor: 'idNumber' | 'creditCode' | 'representations' | 'nothing';
  /** Names of the datasets that it must reach, beside the subject index. */
  readonly reaches: readonly string[];
  /** Lists that begin without a key: a page is taken from an index in its order. */
  readonly pagesOf: readonly string[];
}

export function workloads(registry: Registry): readonly Workload[] {
  return [
    fullPortrait(registry, 'Person', 'idNumber'),
    fullPortrait(registry, 'LegalPerson', 'creditCode'),
    ...(['portrait-app', 'clinic-app'] as const).map(onePerson),
    fiftyEnterprises,
    throughOfficers,
    householdAndEmployer,
    relations,
    division,
    entities,
  ];
}

/** Every relation of a portrait, with a few fields of each and what its rows are linked to. */
function fullPortrait(registry: Registry, type: string, asksFor: 'idNumber' | 'creditCode'): Workload {
  const portrait = registry.portraits.get(type)!;
  const relations = relationsOf(portrait);
  const selections = relations.map(({ name, kind, target }) => {
    const fields = fewFields(registry, target);
    return kind === 'one'
      ? `${name} { ${fields} }`
      : `${name}(first: 5) { nodes { ${fields} } pageInfo { hasNextPage } }`;
  });
  return {
    name: `a full portrait: every relation of ${type}`,
    principal: 'portrait-app',
    query: lookup(portrait, `id provenance { section collectedAt } ${selections.join(' ')}`),
    asksFor,
    reaches: relations.flatMap(({ target }) => [target.name, ...linksOf(target).map((link) => link.target.name)]),
    pagesOf: [],
  };
}

function relationsOf(portrait: Portrait): RelationField[] {
  return [...portrait.fields.values()].filter(
    (field): field is RelationField => field.kind === 'one' || field.kind === 'many',
  );
}

function linksOf(dataset: Dataset): LinkField[] {
  return [...dataset.fields.values()].filter(
    (field): field is LinkField => field.kind === 'link' || field.kind === 'links',
  );
}

function lookup({ lookup: { field, argument }, name }: Portrait, selection: string): string {
  const scalar = name === 'Person' ? 'ResidentIdNumber' : 'UnifiedSocialCreditCode';
  return `query ($sample: ${scalar}!) { ${field}(${argument}: $sample) { ${selection} } }`;
}

function fewFields(registry: Registry, dataset: Dataset): string {
  const links = linksOf(dataset).map(({ name, kind, target }) => {
    const fields = scalarsOf(registry, target).slice(0, 2).join(' ');
    return kind === 'link' ? `${name} { ${fields} }` : `${name}(first: 3) { nodes { ${fields} } }`;
  });
  const identifiers = [...dataset.fields.values()].filter((field) => field.kind === 'identifier');
  return [...scalarsOf(registry, dataset).slice(0, 3), ...identifiers.map(({ name }) => name), ...links].join(' ');
}

function scalarsOf(registry: Registry, dataset: Dataset): string[] {
  const isServed = ({ classification: { sharing, category } }: CoordinateEntry): boolean =>
    sharing !== 'not-shared' && category !== 'core';
  return [...dataset.fields.values()]
    .filter((field) => field.kind === 'column' && !field.provenance && !field.control)
    .map(({ name }) => name)
    .filter((name) => isServed(registry.coordinates.get(`${dataset.name}.${name}`)!));
}

const onePerson = (principal: 'portrait-app' | 'clinic-app'): Workload => ({
  name: principal === 'clinic-app' ? 'one person, to who may see one division' : 'one person with five libraries',
  principal,
  query: `query ($sample: ResidentIdNumber!) { personPortrait(idNumber: $sample) {
    registration { name birthDate sex status division }
    ${
      principal === 'clinic-app'
        ? ''
        : `offices(first: 5) { nodes { position legalPerson { registration { name status } } } }
    insuranceParticipations(first: 5) { nodes { status } }
    creditRecords(first: 5) { nodes { id } }`
    }
    medicalVisits(first: 5, orderBy: [VISITED_ON_DESC]) { edges { cursor node { visitedOn diagnosis } } pageInfo { endCursor } } } }`,
  asksFor: 'idNumber',
  reaches:
    principal === 'clinic-app'
      ? ['Resident', 'MedicalVisit']
      : ['Resident', 'Officer', 'Enterprise', 'InsuranceParticipation', 'PersonCreditRecord', 'MedicalVisit'],
  pagesOf: [],
});

const fiftyEnterprises: Workload = {
  name: '50 enterprises with licences, tax, penalties and legal representative',
  principal: 'portrait-app',
  query: `{ enterprises(first: 50) { nodes {
    registration { name creditCode status }
    licences(first: 5) { nodes { kind decidedOn } }
    taxRegistration { taxpayerKind status }
    penalties(first: 5) { nodes { kind decidedOn } }
    officers(first: 1, filter: { isLegalRepresentative: { eq: true } }) { nodes { name person { registration { name idNumber } } } } } } }`,
  asksFor: 'nothing',
  reaches: ['Enterprise', 'Licence', 'TaxRegistration', 'Penalty', 'Officer', 'Resident'],
  pagesOf: ['legal_person.enterprise'],
};

const throughOfficers: Workload = {
  name: 'from an enterprise through its officers to their other enterprises and those’ penalties',
  principal: 'portrait-app',
  query: `query ($sample: UnifiedSocialCreditCode!) { enterprisePortrait(creditCode: $sample) { registration { name }
    officers(first: 10) { nodes { name person { offices(first: 10) { nodes { position legalPerson {
      registration { name creditCode } penalties(first: 5, orderBy: [DECIDED_ON_DESC]) { nodes { kind decidedOn fineAmount } } } } } } } } } }`,
  asksFor: 'creditCode',
  reaches: ['Enterprise', 'Officer', 'Penalty'],
  pagesOf: [],
};

const householdAndEmployer: Workload = {
  name: 'from an enterprise through its officers to their households and employers',
  principal: 'portrait-app',
  query: `query ($sample: UnifiedSocialCreditCode!) { enterprisePortrait(creditCode: $sample) {
    officers(first: 10) { nodes { name person { household { householdNumber relationToHead memberCount }
      employments(first: 3) { nodes { employerName legalPerson { registration { name creditCode } } } } } } } } }`,
  asksFor: 'creditCode',
  reaches: ['Officer', 'HouseholdMember', 'Employment', 'Enterprise'],
  pagesOf: [],
};

const relations: Workload = {
  name: 'the relation graph of an enterprise to four steps, and who owns it in the end',
  principal: 'portrait-app',
  query: `query ($sample: UnifiedSocialCreditCode!) { enterprisePortrait(creditCode: $sample) {
    relationGraph(steps: 4) { nodes { number step legalPerson { registration { name } } person { registration { name } } }
      edges { kind from to sharePercent position } isTruncated }
    beneficialOwners(threshold: "5") { person { registration { name } } sharePercent } } }`,
  asksFor: 'creditCode',
  reaches: ['Shareholder', 'Officer', 'Enterprise', 'Resident'],
  pagesOf: [],
};

const division: Workload = {
  name: 'a banner with its enterprises, stations with current readings, indicators and events',
  principal: 'portrait-app',
  query: `{ divisionPortrait(code: "150622") { name enterprises(first: 10) { nodes { name } } roads(first: 10) { nodes { name } }
    monitoringStations { nodes { name currentAir { observedOn } currentWater { sampledOn } } }
    indicatorValues(first: 10, orderBy: [PERIOD_ENDS_ON_DESC]) { nodes { period value indicator { name } } }
    emergencyEvents(first: 5) { nodes { title } }
    populationStatistics(first: 50, filter: { town: { eq: "all" } }) { nodes { age sex persons } }
    enterpriseStatistics(first: 50, orderBy: [ENTERPRISES_DESC]) { nodes { industry enterprises } } } }`,
  asksFor: 'nothing',
  reaches: [
    ...['Division', 'Enterprise', 'Road', 'MonitoringStation', 'AirReading', 'IndicatorValue', 'EmergencyEvent'],
    ...['PopulationStatistic', 'EnterpriseStatistic'],
  ],
  pagesOf: [],
};

const entities: Workload = {
  name: 'entities of a federation: a person, an enterprise and a banner at once',
  principal: 'portrait-app',
  query: `query ($sample: [_Any!]!) { _entities(representations: $sample) {
    ... on Person { idNumber registration { name } medicalVisits(first: 5) { nodes { visitedOn } } }
    ... on LegalPerson { creditCode registration { name } officers(first: 5) { nodes { position } } }
    ... on Division { name roads(first: 3) { nodes { name } } } } }`,
  asksFor: 'representations',
  reaches: ['Resident', 'MedicalVisit', 'Enterprise', 'Officer', 'Division', 'Road'],
  pagesOf: [],
};
