/** Figures into tables, and what they were measured on. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { format } from 'prettier';
import { projectFolder } from '../scripts/project.mjs';

export async function writeReport(results, sides, options) {
  const text = [
    ...heading(options),
    ...(sides.has('citygraph') ? ratioSections(results, sides, options) : []),
    ...figureSection(results, sides, options),
  ].join('\n');
  console.log(text);
  if (options.results) writeFileSync(options.results, await format(text, { parser: 'markdown', printWidth: 120 }));
}

function heading({ persons, legalPersons, seconds, warmUp, rounds, connections, note }) {
  const git = (...args) => execFileSync('git', args, { cwd: projectFolder, encoding: 'utf8' }).trim();
  const changed =
    git('status', '--porcelain', '--', 'src', 'bench', 'seeds') === '' ? '' : ', with changes not committed';
  return [
    '# Results of the benchmark',
    '',
    'Made by `npm run bench`; [`README.md`](README.md) says what each side does and does not do.',
    '',
    `- ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC, commit ${git('rev-parse', '--short', 'HEAD')}${changed}`,
    `- ${cpus().length} cores (${cpus()[0].model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GB, Linux ${release()}, Node ${process.versions.node}; load maker, node and PostgreSQL on the same machine`,
    `- beside it ran: ${note}`,
    `- city of ${persons.toLocaleString('en')} persons and ${legalPersons.toLocaleString('en')} legal persons; ${rounds} rounds of ${seconds} s after ${warmUp} s of warming up, sides in turn; ${connections.join(' and ')} connections`,
    '',
  ];
}

function ratioSections(results, sides, options) {
  const others = [...sides.keys()].filter((name) => name !== 'citygraph');
  const lines = [
    '## Citygraph, with authorisation and log, over each other side',
    '',
    'Median of the rounds (least to most). Throughput: more is better; p99 and CPU of the side’s own process a request: less is better.',
    '',
  ];
  for (const other of others) {
    lines.push(`### over ${titles[other]}`, '');
    lines.push('| workload | connections | throughput | p99 | node CPU |', '| --- | --- | --- | --- | --- |');
    const medians = new Map();
    for (const { name } of options.workloads) {
      for (const connections of options.connections) {
        const ratios = (figure) =>
          rounds(results, options).map((round) => {
            const of = (side) => find(results, { round, workload: name, connections, side })[figure];
            return of('citygraph') / of(other);
          });
        const throughput = ratios('perSecond');
        const p99 = ratios('p99');
        const node = ratios('nodeMs');
        const list = medians.get(connections) ?? { throughput: [], p99: [], node: [] };
        medians.set(connections, list);
        list.throughput.push(median(throughput));
        list.p99.push(median(p99));
        list.node.push(median(node));
        lines.push(`| ${name} | ${connections} | ${spread(throughput)} | ${spread(p99)} | ${spread(node)} |`);
      }
    }
    for (const [connections, { throughput, p99, node }] of medians)
      lines.push(
        `| geometric mean | ${connections} | **${mean(throughput).toFixed(2)}**, least ${Math.min(...throughput).toFixed(2)} | ${atMost(p99)} | ${atMost(node)} |`,
      );
    lines.push('');
  }
  return lines;
}

function figureSection(results, sides, options) {
  const lines = [
    '## Figures',
    '',
    'Medians of the rounds. CPU in milliseconds a request: of the side’s own process, of all of PostgreSQL, of the load maker.',
    '',
    '| workload | connections | side | requests/s | p50 ms | p99 ms | node CPU | PostgreSQL CPU | load maker CPU | bytes |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
  ];
  for (const { name } of options.workloads) {
    for (const connections of options.connections) {
      for (const side of sides.keys()) {
        const of = (figure) =>
          median(
            rounds(results, options).map(
              (round) => find(results, { round, workload: name, connections, side })[figure],
            ),
          );
        const ms = (figure) => of(figure).toFixed(3);
        lines.push(
          `| ${name} | ${connections} | ${side} | ${Math.round(of('perSecond'))} | ${of('p50').toFixed(2)} | ${of('p99').toFixed(2)} | ${ms('nodeMs')} | ${ms('postgresMs')} | ${ms('loadMs')} | ${Math.round(of('bytes'))} |`,
        );
      }
    }
  }
  lines.push('', ...options.workloads.map(({ name, title }) => `- ${name}: ${title}`), '');
  const drained = results.filter(({ side }) => side !== 'peer' && side !== 'floor').map((it) => it.drained);
  if (drained.length > 0)
    lines.push(
      `The log was sequenced and indexed while it was written; what was left of that when a slot ended took ${(median(drained) / 1000).toFixed(1)} s in the median and ${(Math.max(...drained) / 1000).toFixed(1)} s at most, before the next slot began.`,
      '',
    );
  return lines;
}

const titles = {
  peer: 'PostGraphile 5, without authorisation and log',
  floor: 'the floor: node:http, one prepared statement, no log',
  'floor+log': 'the floor with the same durable log record',
  against: 'another build of Citygraph',
  apart: 'Citygraph with its libraries in three databases',
  'log-off': 'Citygraph without its usage log',
};

const rounds = (_results, { rounds: count }) => Array.from({ length: count }, (_, at) => at + 1);

function find(results, wanted) {
  return results.find((result) => Object.entries(wanted).every(([name, value]) => result[name] === value));
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

const mean = (values) => Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
const atMost = (values) => `**${mean(values).toFixed(2)}**, most ${Math.max(...values).toFixed(2)}`;
const spread = (values) =>
  `${median(values).toFixed(2)} (${Math.min(...values).toFixed(2)} to ${Math.max(...values).toFixed(2)})`;
