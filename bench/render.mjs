/** The trees of `workloads.mjs` as an operation for Citygraph, one for the peer, and a statement for the floor; and answers made alike. */

const lookups = {
  person: { field: 'personPortrait', argument: 'idNumber', type: 'ResidentIdNumber!', view: 'person_identifier' },
  legalPerson: {
    ...{ field: 'enterprisePortrait', argument: 'creditCode', type: 'UnifiedSocialCreditCode!' },
    view: 'legal_person_identifier',
  },
};

const nameOf = (column) => column.split(':')[0];
const names = (columns) => columns.map(nameOf).join(' ');
const snake = (name) => name.replace(/([A-Z])/g, (letter) => `_${letter.toLowerCase()}`);

/** @returns {{ query: string, variables: (subject: object) => object }} */
export function operationForCitygraph(workload) {
  const { root, tree, columns } = workload;
  if (root === 'statistics') {
    return {
      query: `query ($division: String!, $year: String!) { rows: enterpriseStatistics(first: 60, filter: { division: { eq: $division }, industryLevel: { eq: ${industryLevel} }, period: { eq: $year } }) { nodes { ${names(columns)} } } }`,
      variables: ({ division, year }) => ({ division, year }),
    };
  }
  if (root === 'enterprises') {
    return {
      query: `query ($town: String!, $type: String!) { rows: enterprises(first: 50, filter: { town: { eq: $town }, enterpriseType: { eq: $type } }) { nodes { ${citygraphFields(tree)} } } }`,
      variables: ({ town, type }) => ({ town, type }),
    };
  }
  const { field, argument, type } = lookups[root];
  return {
    query: `query ($key: ${type}) { found: ${field}(${argument}: $key) { ${citygraphFields(tree)} } }`,
    variables: ({ key }) => ({ key }),
  };
}

const industryLevel = 'SECTION';

function citygraphFields({ registration, sections }) {
  const parts = sections.map(({ kind, name, first, where, columns, links }) => {
    const linked = Object.entries(links).map(([link, tree]) => `${link} { ${citygraphFields(tree)} }`);
    const fields = [names(columns), ...linked].join(' ');
    if (kind === 'one') return `${name} { ${fields} }`;
    const filter = where ? `, filter: { ${Object.entries(where).map(([at, is]) => `${at}: { eq: ${is} }`)} }` : '';
    return `${name}(first: ${first}${filter}) { nodes { ${fields} } }`;
  });
  return [`registration { ${names(registration)} }`, ...parts].join(' ');
}

/** @returns {{ query: string, variables: (subject: object) => object }} */
export function operationForPeer({ root, tree, columns }) {
  if (root === 'statistics') {
    return {
      query: `query ($division: String!, $year: String!) { rows: allStatisticsEnterpriseStatisticsList(first: 60, condition: { division: $division, industryLevel: "${industryLevel}", period: $year }) { ${names(columns)} } }`,
      variables: ({ division, year }) => ({ division, year }),
    };
  }
  if (root === 'enterprises') {
    return {
      query: `query ($town: String!, $type: String!) { rows: allLegalPersonEnterprisesList(first: 50, condition: { town: $town, enterpriseType: $type }) { ${peerFields(tree)} } }`,
      variables: ({ town, type }) => ({ town, type }),
    };
  }
  const field = root === 'person' ? 'personIdentifierByValue' : 'legalPersonIdentifierByValue';
  return {
    query: `query ($key: String!) { found: ${field}(value: $key) { ${root} { ${peerFields(tree)} } } }`,
    variables: ({ key }) => ({ key }),
  };
}

function peerFields({ registration, sections }) {
  const parts = sections.map(({ kind, name, first, where, columns, links }) => {
    const linked = Object.entries(links).map(([link, tree]) => `${link} { ${peerFields(tree)} }`);
    const fields = [names(columns), ...linked].join(' ');
    if (kind === 'one') return `${name} { ${fields} }`;
    const condition = where ? `, condition: { ${Object.entries(where).map(([at, is]) => `${at}: ${is}`)} }` : '';
    return `${name}(first: ${first}${condition}) { ${fields} }`;
  });
  return [names(registration), ...parts].join(' ');
}

/** @returns {{ text: string, values: (subject: object) => unknown[] }} one row with one column of JSON text */
export function statementForFloor({ root, tree, columns }) {
  if (root === 'statistics') {
    const rows = `select ${selectList(columns, 's')} from statistics.enterprise_statistic s where s.division = $1 and s.industry_level = '${industryLevel}' and s.period = $2 order by s.id limit 60`;
    return {
      text: `select row_to_json(o)::text as data from (select (${aggregate(rows)}) as rows) o`,
      values: ({ division, year }) => [division, year],
    };
  }
  const alias = aliases();
  if (root === 'enterprises') {
    const from = alias();
    const rows = `select ${treeList(tree, from, alias)} from legal_person.enterprise ${from} where ${from}.town = $1 and ${from}.enterprise_type = $2 order by ${from}.id limit 50`;
    return {
      text: `select row_to_json(o)::text as data from (select (${aggregate(rows)}) as rows) o`,
      values: ({ town, type }) => [town, type],
    };
  }
  const from = alias();
  const kind = root === 'person' ? 'resident-id-number' : 'unified-social-credit-code';
  return {
    text: `select row_to_json(o)::text as data from (select (select row_to_json(x) from (select ${treeList(tree, from, alias)}) x) as found from citygraph.subject_identifier i join ${tree.table} ${from} on ${from}.${tree.key} = i.subject_id where i.kind = '${kind}' and i.value = $1) o`,
    values: ({ key }) => [key],
  };
}

function aliases() {
  let count = 0;
  return () => `t${(count += 1)}`;
}

function selectList(columns, from) {
  return columns
    .map((column) => {
      const name = nameOf(column);
      return `${from}.${snake(name)}${column.endsWith(':decimal') ? '::text' : ''} as "${name}"`;
    })
    .join(', ');
}

const aggregate = (rows) => `select coalesce(json_agg(x), '[]') from (${rows}) x`;

function treeList({ registration, sections, key }, from, alias) {
  const parts = sections.map((section) => {
    const at = alias();
    const { name, kind, table, first, where = {}, columns, links } = section;
    const linked = Object.entries(links).map(([link, tree]) => {
      const to = alias();
      return `(select row_to_json(x) from (select ${treeList(tree, to, alias)} from ${tree.table} ${to} where ${to}.${tree.key} = ${at}.${tree.key}) x) as "${link}"`;
    });
    const conditions = Object.entries(where).map(([column, is]) => ` and ${at}.${snake(column)} = ${is}`);
    const rows = `select ${[selectList(columns, at), ...linked].join(', ')} from ${table} ${at} where ${at}.${section.key} = ${from}.${key}${conditions.join('')}`;
    return kind === 'one'
      ? `(select row_to_json(x) from (${rows}) x) as "${name}"`
      : `(${aggregate(`${rows} order by ${at}.id limit ${first}`)}) as "${name}"`;
  });
  return [selectList(registration, from), ...parts].join(', ');
}

/** What of an answer is content: without the wrappers that one side has and another has not, without nulls, keys sorted. */
export function contentOf(value) {
  if (Array.isArray(value)) return value.map(contentOf);
  if (typeof value !== 'object' || value === null) return value;
  const flat = {};
  for (const [name, member] of Object.entries(value)) {
    const content = contentOf(member);
    if (content === null) continue;
    if (name === 'nodes') return content;
    if (name === 'registration' || isWrapper(value, name)) Object.assign(flat, content);
    else flat[name] = content;
  }
  return Object.fromEntries(Object.entries(flat).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The peer's row of the identifier, which holds the portrait alone. */
function isWrapper(value, name) {
  return (name === 'person' || name === 'legalPerson') && Object.keys(value).length === 1;
}
