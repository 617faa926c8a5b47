/**
 * What is asked, declared once: from these trees come the operation for Citygraph, the one for the peer and the statement of the floor
 * (`render.mjs`), so that all three are asked for the same. Names are those of Citygraph's schema; columns follow by snake case.
 */

const portraits = {
  person: { table: 'population.resident', key: 'person_id' },
  legalPerson: { table: 'legal_person.enterprise', key: 'legal_person_id' },
};

/** Tables of the sections, by the portrait that they hang on. Of what is published for a time, the peer and the floor read a view. */
const tables = {
  person: {
    educationRecords: 'population.education_record',
    medicalVisits: 'healthcare.medical_visit',
    insuranceParticipations: 'social_security.insurance_participation',
    serviceCases: 'government_services.person_service_case',
    creditRecords: 'bench.person_credit_record',
    offices: 'legal_person.officer',
  },
  legalPerson: {
    officers: 'legal_person.officer',
    shareholders: 'legal_person.shareholder',
    licences: 'legal_person.licence',
    inspections: 'legal_person.inspection',
    penalties: 'bench.penalty',
    serviceCases: 'government_services.enterprise_service_case',
    creditRecords: 'bench.enterprise_credit_record',
    creditScores: 'credit.enterprise_credit_score',
    dischargePermits: 'ecology.discharge_permit',
    energyUse: 'industry_energy.energy_use',
    workSafetyPermits: 'emergency.work_safety_permit',
  },
};

/** Sections of one row. */
const single = {
  person: { healthFile: 'population.health_file' },
  legalPerson: {
    taxRegistration: 'legal_person.tax_registration',
    stateOwnership: 'state_assets.state_owned_enterprise',
  },
};

const portrait = (of, registration, sections = []) => ({ of, ...portraits[of], registration, sections });
const many = (of, name, first, columns, { where, links = {} } = {}) => ({
  ...{ kind: 'many', name, table: tables[of][name], key: portraits[of].key, first, columns, where, links },
});
const one = (of, name, columns) => ({
  ...{ kind: 'one', name, table: single[of][name], key: portraits[of].key, columns, links: {} },
});

const penalties = many('legalPerson', 'penalties', 5, [
  ...['decisionNumber', 'violation', 'kind', 'fineAmount:decimal', 'decidedOn', 'authority'],
]);
const taxRegistration = one('legalPerson', 'taxRegistration', [
  ...['taxpayerKind', 'status', 'creditGrade', 'paidLastYear:decimal', 'arrears:decimal', 'registeredOn'],
]);
const licences = many('legalPerson', 'licences', 5, [
  ...['decisionNumber', 'certificateName', 'decidedOn', 'validFrom', 'validUntil', 'authority', 'status'],
]);

export const workloads = [
  {
    name: 'W1',
    title: 'person portrait, five libraries, by ID number',
    root: 'person',
    tree: portrait(
      'person',
      ['name', 'sex', 'birthDate', 'ethnicGroup', 'maritalStatus', 'educationLevel', 'address', 'telephone', 'status'],
      [
        many('person', 'medicalVisits', 5, [
          ...['visitedOn', 'institutionName', 'department', 'visitType', 'diagnosis', 'totalCost:decimal'],
        ]),
        many('person', 'insuranceParticipations', 6, [
          ...['insuranceType', 'employerName', 'insuredOn', 'endedOn', 'status', 'monthsPaid', 'agency'],
        ]),
        many('person', 'serviceCases', 5, [
          ...['caseNumber', 'itemName', 'department', 'channel', 'appliedOn', 'completedOn', 'status', 'result'],
        ]),
        many('person', 'creditRecords', 5, ['category', 'title', 'gravity', 'source', 'occurredOn']),
      ],
    ),
  },
  {
    name: 'W2',
    title: '50 enterprises of a town and type, four libraries',
    root: 'enterprises',
    tree: portrait(
      'legalPerson',
      [
        ...['name', 'enterpriseType', 'industry', 'registeredCapital:decimal', 'establishedOn', 'status', 'address'],
        ...['staffCount', 'registrationAuthority'],
      ],
      [
        licences,
        taxRegistration,
        penalties,
        many('legalPerson', 'officers', 1, ['name', 'position', 'appointedOn'], {
          where: { isLegalRepresentative: true },
        }),
        many('legalPerson', 'creditScores', 2, ['year', 'score', 'grade', 'evaluatedOn']),
        many('legalPerson', 'serviceCases', 2, ['caseNumber', 'itemName', 'appliedOn', 'status']),
      ],
    ),
  },
  {
    name: 'W3',
    title: 'relations two steps out: officers, their other enterprises, penalties of those',
    root: 'legalPerson',
    tree: portrait(
      'legalPerson',
      ['name', 'status'],
      [
        many('legalPerson', 'officers', 10, ['position', 'appointedOn'], {
          links: {
            person: portrait(
              'person',
              ['name', 'sex'],
              [
                many('person', 'offices', 10, ['position', 'appointedOn'], {
                  links: { legalPerson: portrait('legalPerson', ['name', 'status', 'industry'], [penalties]) },
                }),
              ],
            ),
          },
        }),
      ],
    ),
  },
  {
    name: 'W4',
    title: 'statistics: enterprises and their capital by industry, of a division',
    root: 'statistics',
    columns: [
      ...[
        'industry',
        'enterprises',
        'capitalSum:decimal',
        'capitalAverage:decimal',
        'capitalP50:decimal',
        'suppressed',
      ],
    ],
  },
  {
    name: 'W5',
    title: 'full enterprise portrait, fourteen sections of nine libraries',
    root: 'legalPerson',
    tree: portrait(
      'legalPerson',
      [
        ...[
          'name',
          'kind',
          'enterpriseType',
          'industry',
          'registeredCapital:decimal',
          'capitalCurrency',
          'establishedOn',
        ],
        ...['status', 'town', 'address', 'businessScope', 'registrationAuthority', 'staffCount'],
      ],
      [
        many('legalPerson', 'officers', 10, ['name', 'position', 'isLegalRepresentative', 'appointedOn', 'leftOn']),
        many('legalPerson', 'shareholders', 10, [
          ...['name', 'kind', 'sharePercent:decimal', 'subscribedAmount:decimal', 'isControlling', 'heldSince'],
        ]),
        taxRegistration,
        licences,
        many('legalPerson', 'inspections', 5, [
          'inspectionNumber',
          'subjectMatter',
          'authority',
          'inspectedOn',
          'result',
        ]),
        penalties,
        many('legalPerson', 'serviceCases', 5, ['caseNumber', 'itemName', 'department', 'appliedOn', 'status']),
        many('legalPerson', 'creditRecords', 5, ['category', 'title', 'gravity', 'source', 'occurredOn']),
        many('legalPerson', 'creditScores', 5, ['year', 'score', 'grade', 'evaluatedOn']),
        many('legalPerson', 'dischargePermits', 3, ['permitNumber', 'management', 'issuedOn', 'validUntil', 'status']),
        many('legalPerson', 'energyUse', 12, [
          'month',
          'consumption:decimal',
          'electricity:decimal',
          'rawCoal:decimal',
        ]),
        many('legalPerson', 'workSafetyPermits', 3, ['permitNumber', 'field', 'scope', 'validUntil', 'status']),
        one('legalPerson', 'stateOwnership', ['managementLevel', 'ownership', 'statePercent:decimal', 'supervisor']),
      ],
    ),
  },
  {
    name: 'W6',
    title: 'the smallest query: the name of one enterprise, by credit code',
    root: 'legalPerson',
    tree: portrait('legalPerson', ['name']),
  },
];

/** Every relation that the trees walk, for the peer's smart tags. */
export function relationsOfWorkloads() {
  const relations = new Map();
  const walk = (tree) => {
    for (const section of tree.sections) {
      const { name, table, key, kind } = section;
      relations.set(`${table} ${name} ${tree.of}`, { ...{ name, table, key, kind }, to: tree.table, of: tree.of });
      for (const linked of Object.values(section.links)) walk(linked);
    }
  };
  for (const { tree } of workloads) if (tree) walk(tree);
  return [...relations.values()];
}
