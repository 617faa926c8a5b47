/**
 * The peer: PostGraphile 5 as its documentation recommends for production (amber preset, grafserv on node:http, no GraphiQL, no watching, no
 * explain, prepared statements), with lists in place of connections and relations by smart tags. No authorisation, no usage log.
 */
import { createServer } from 'node:http';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { grafserv } from 'postgraphile/grafserv/node';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import { jsonPgSmartTags } from 'postgraphile/utils';
import { relationsOfWorkloads } from '../workloads.mjs';
import { announce, settings } from './side.mjs';

const { url, connections } = settings();

/** The relations that the pool has by its subject ids, and the views that stand for tables. */
function smartTags() {
  const tables = new Map();
  const tagsOf = (table) => {
    if (!tables.has(table)) tables.set(table, { foreignKey: [] });
    return tables.get(table);
  };
  for (const { name, table, key, kind, to, of } of relationsOfWorkloads()) {
    const back = kind === 'one' ? `@foreignSingleFieldName ${name}` : `@foreignSimpleFieldName ${name}`;
    tagsOf(table).foreignKey.push(`(${key}) references ${to} (${key})|@fieldName ${of}|${back}`);
    if (table.startsWith('bench.')) tagsOf(table).primaryKey = 'id';
  }
  const identifier = (to, key, of) => ({
    primaryKey: 'value',
    foreignKey: [`(subject_id) references ${to} (${key})|@fieldName ${of}|@foreignSimpleFieldName identifiers`],
  });
  tables.set('bench.person_identifier', identifier('population.resident', 'person_id', 'person'));
  tables.set('bench.legal_person_identifier', identifier('legal_person.enterprise', 'legal_person_id', 'legalPerson'));
  return Object.fromEntries([...tables].map(([table, tags]) => [table, { tags }]));
}

const schemas = [
  ...['bench', 'population', 'healthcare', 'social_security', 'government_services', 'credit', 'legal_person'],
  ...['ecology', 'industry_energy', 'emergency', 'state_assets', 'statistics'],
];

const preset = {
  extends: [PostGraphileAmberPreset],
  plugins: [jsonPgSmartTags({ version: 1, config: { class: smartTags() } })],
  disablePlugins: ['PgIndexBehaviorsPlugin'],
  schema: { defaultBehavior: '-connection -resource:connection +list +resource:list -insert -update -delete' },
  pgServices: [makePgService({ connectionString: url, schemas, pubsub: false, poolConfig: { max: connections } })],
  grafast: { explain: false },
  grafserv: { graphiql: false, watch: false, websockets: false, outputDataAsString: true },
};

const pgl = postgraphile(preset);
const server = createServer();
await pgl.createServ(grafserv).addTo(server);
await pgl.getSchemaResult();
server.listen(0, '127.0.0.1', () => announce(server));
