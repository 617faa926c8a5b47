/**
 * Who may import whom. The table is the rule: a folder of src/ that does not stand in it is an error, and what a line does not name is
 * forbidden. Everybody may import errors.ts and, of course, their own folder; nobody may be part of a cycle.
 */
import { readdirSync } from 'node:fs';

/** A feature sees the vocabulary, the policy and the log, never another feature. */
const feature = { may: ['model', 'policy', 'usage-log', 'subjects'] };
const everything = { may: ['.*'] };

/** may: values and types; mayTypes: `import type` alone. */
const directions = {
  model: {},
  libraries: { may: ['model'] },
  subjects: { may: ['model'] },
  portraits: { may: ['model', 'libraries'] },
  policy: { may: ['model'] },
  planning: { may: ['model', 'policy'] },
  /* Never policy: after planning, a denied column no longer exists to be selected. */
  sql: { may: ['model'], mayTypes: ['planning'] },
  execution: { may: ['model', 'sql'], mayTypes: ['planning'] },
  'usage-log': { may: ['model'] },
  /* Text of queries over the tables; the declarations stay in libraries/portrait. */
  derivation: { may: ['model'] },
  /* Cubes name the datasets that they count, and the one that they fill. */
  statistics: { may: ['model', 'libraries'] },
  /* The one list of entities, from which tables, migrations and roles are made. */
  database: { may: ['model', 'libraries', 'subjects', 'policy', 'usage-log', 'anomalies'] },
  catalogue: feature,
  collection: feature,
  quality: feature,
  sharing: feature,
  'open-data': feature,
  archive: feature,
  anomalies: feature,
  console: {},
  'config.ts': { may: ['settings'] },
  settings: {},
  telemetry: { mayTypes: ['settings'] },
  'keyring.ts': {},
  'errors.ts': {},
  server: everything,
  'command-line': everything,
  'pipeline.ts': everything,
  'app.ts': everything,
  'main.ts': everything,
};

/** These compose the service and run the seeds on first start; the rest of it must not know that seeds exist. */
const mayImportSeeds = '^src/(main\\.ts$|app\\.ts$|command-line/)';

const unlisted = readdirSync(new URL('src/', import.meta.url)).filter(
  (name) => !name.startsWith('.') && !(name in directions),
);
if (unlisted.length > 0) {
  throw new Error(
    `src/ holds what .dependency-cruiser.mjs does not list: ${unlisted.join(', ')}. Say there what it may import.`,
  );
}

function inSource(names) {
  return `^src/(${names.map((name) => name.replaceAll('.ts', '\\.ts')).join('|')})(/|$)`;
}

function rulesFor(name, { may = [], mayTypes = [] }) {
  const rules = [
    {
      name: `${name}-imports`,
      comment: `${name} may import ${[...may, ...mayTypes.map((type) => `${type} (types)`), 'errors.ts'].join(', ')}`,
      severity: 'error',
      from: { path: inSource([name]) },
      to: { path: '^src/', pathNot: inSource([name, 'errors.ts', ...may, ...mayTypes]) },
    },
  ];
  if (mayTypes.length > 0) {
    rules.push({
      name: `${name}-imports-only-types`,
      comment: `${name} may import of ${mayTypes.join(', ')} nothing but types`,
      severity: 'error',
      from: { path: inSource([name]) },
      to: { path: inSource(mayTypes), dependencyTypesNot: ['type-only'] },
    });
  }
  return rules;
}

export default {
  forbidden: [
    ...Object.entries(directions)
      .filter(([, rule]) => rule !== everything)
      .flatMap(([name, rule]) => rulesFor(name, rule)),
    {
      name: 'library-imports-library',
      comment: 'libraries never import one another; what joins them lives in portraits',
      severity: 'error',
      from: { path: '^src/libraries/([^/]+)/' },
      to: { path: '^src/libraries/', pathNot: '^src/libraries/$1/' },
    },
    {
      name: 'no-cycle',
      comment: 'decorators and import cycles do not go together: "cannot access X before initialization"',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'source-imports-outside',
      comment: 'the service runs without its tests and benchmarks',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|bench|scripts|examples|dist)/' },
    },
    {
      name: 'source-imports-seeds',
      comment: 'seeds know the service, not the other way round',
      severity: 'error',
      from: { path: '^src/', pathNot: mayImportSeeds },
      to: { path: '^seeds/' },
    },
    {
      name: 'seeds-import-tests',
      comment: 'seeds are part of the service; tests are not',
      severity: 'error',
      from: { path: '^seeds/' },
      to: { path: '^(test|bench|scripts|examples|dist)/' },
    },
    {
      name: 'unresolved',
      comment: 'a path that leads nowhere would slip past every rule above',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'not-a-production-dependency',
      comment: '`npm start` installs dependencies alone, and only those that package.json names are pinned',
      severity: 'error',
      from: { path: '^(src|seeds)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
