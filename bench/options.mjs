/** The flags of `npm run bench`. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { projectFolder } from '../scripts/project.mjs';
import { workloads } from './workloads.mjs';

export const usage = `npm run bench -- [flag …]
  --seconds N         measured in each slot (3)
  --warm-up N         seconds before each slot (2): each begins with a load maker that has yet to be compiled
  --rounds N          how often everything is measured (3)
  --workloads W1,W3   some of them (all)
  --connections 16,64 kept-alive connections
  --sides NAME,…      some of citygraph,peer,floor,floor+log (all of these); apart: libraries in three databases; log-off: without usage log
  --against DIR       another build of Citygraph (a dist folder) beside this one, for pairs
  --persons N --legal-persons N   size of the city (200000, 40000); each is seeded once and kept in bench/.data
  --data-dir DIR      keep it somewhere else
  --results FILE      where the report goes (bench/results.md for a whole run, else nowhere)
  --note TEXT         what else ran on the machine
  --profile DIR       CPU profiles of Citygraph's node`;

const flags = {
  seconds: '3',
  'warm-up': '2',
  rounds: '3',
  workloads: workloads.map(({ name }) => name).join(),
  connections: '16,64',
  sides: 'citygraph,peer,floor,floor+log',
  against: undefined,
  persons: '200000',
  'legal-persons': '40000',
  'data-dir': undefined,
  results: undefined,
  note: undefined,
  profile: undefined,
};

/** @throws Error that says what was expected */
export function readOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      ...Object.fromEntries(Object.keys(flags).map((name) => [name, { type: 'string' }])),
      help: { type: 'boolean' },
    },
  });
  const given = { ...flags, ...values };
  const number = (name, least) => {
    const value = Number(given[name]);
    if (!(value >= least)) throw new Error(`--${name}: expected a number of at least ${least}, got '${given[name]}'`);
    return value;
  };
  const known = (name, all) => {
    const list = given[name].split(',');
    const unknown = list.find((item) => !all.includes(item));
    if (unknown !== undefined) throw new Error(`--${name}: expected some of ${all.join()}, got '${unknown}'`);
    return list;
  };
  const persons = number('persons', 500);
  const legalPersons = number('legal-persons', 100);
  const whole = Object.keys(values).every((name) => ['note', 'results', 'data-dir'].includes(name));
  return {
    help: values.help === true,
    seconds: number('seconds', 0.2),
    warmUp: number('warm-up', 0),
    rounds: number('rounds', 1),
    workloads: workloads.filter(({ name }) =>
      known(
        'workloads',
        workloads.map((it) => it.name),
      ).includes(name),
    ),
    connections: given.connections.split(',').map(Number),
    sides: known('sides', [...flags.sides.split(','), 'apart', 'log-off']),
    against: given.against ?? null,
    persons,
    legalPersons,
    dataDir: given['data-dir'] ?? join(projectFolder, 'bench', '.data', `${persons}-${legalPersons}`),
    results: given.results ?? (whole ? join(projectFolder, 'bench', 'results.md') : null),
    note: given.note ?? 'not noted',
    profile: given.profile ?? null,
  };
}
