/** What the commands on the policy share: each change holds from its commit, is on record before it is made, and names who answers for it. */
import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { registry } from '../app.js';
import { policyEntities } from '../database/entities.js';
import { createOrm } from '../database/orm.js';
import { CitygraphError } from '../errors.js';
import { createPolicyManager, type PolicyManager } from '../policy/manage-grants.js';
import { requireReason } from '../policy/policy-change.js';
import type { HolderKind } from '../policy/policy-snapshot.js';
import { runRecordedCommand } from './recorded-command.js';

export interface Answerable {
  readonly as: string;
}

export interface Reasoned extends Answerable {
  readonly reason: string;
}

export function answerable(command: Command, description: string): Command {
  return command
    .description(description)
    .option('--as <name>', '操作人 who answers for it in the usage log', userInfo().username);
}

export function reasoned(command: Command, description: string): Command {
  return answerable(command, description).requiredOption('--reason <text>', '理由 why');
}

export async function changePolicy<T>(
  operation: string,
  { as }: Answerable,
  told: Readonly<Record<string, unknown>>,
  work: (policy: PolicyManager) => Promise<T>,
): Promise<T> {
  // INVARIANT: before it is recorded: a reason with an identifier must not get into the log either.
  if (typeof told['reason'] === 'string') requireReason(told['reason']);
  return runRecordedCommand({ operation, principal: as, documentHash: null, arguments: told }, async (url) => {
    const orm = await createOrm(url, { entities: policyEntities, purpose: 'policy', poolSize: 1 });
    try {
      const manager = createPolicyManager({
        em: orm.em,
        coordinates: registry.coordinates,
        actor: { kind: 'command', name: as },
      });
      return { result: await work(manager), told: {} };
    } finally {
      await orm.close();
    }
  });
}

/** `rotate` and `expire`, which every kind of holder has. */
export function addCredentialCommands(parent: Command, holder: HolderKind): void {
  answerable(
    parent.command('rotate <name>'),
    '更换令牌，仅显示一次；旧令牌即刻失效，除非给出并行时间 a new token, shown once; the old one ends with it, unless both are to hold for a while',
  )
    .option('--overlap <hours>', '旧令牌继续有效的小时数 hours for which the old one holds as well, at most 720', '0')
    .option('--expires <time>', '新令牌的失效时间（ISO 8601）when the new one ends')
    .action(async (name: string, options: Answerable & { overlap: string; expires?: string }) => {
      const overlap = readHours('--overlap', options.overlap);
      const expires = options.expires === undefined ? null : readTime('--expires', options.expires);
      const { token } = await changePolicy(`${holder} rotate ${name}`, options, { overlap, expires }, (policy) =>
        policy.rotateTokenOf(holder, name, { overlap, expires }),
      );
      console.log(token);
    });
  reasoned(parent.command('expire <name>'), '设定令牌的失效时间 set when its tokens end')
    .option('--at <time>', '失效时间（ISO 8601）；缺省为不失效 when; without it, never by themselves')
    .action(async (name: string, options: Reasoned & { at?: string }) => {
      const at = options.at === undefined ? null : readTime('--at', options.at);
      await changePolicy(`${holder} expire ${name}`, options, { at, reason: options.reason }, (policy) =>
        policy.expireTokenOf(holder, name, at, options.reason),
      );
    });
}

export function addAddressCommand(parent: Command, holder: 'consumer' | 'gateway'): void {
  reasoned(
    parent.command('addresses <name> [blocks...]'),
    '限定来源地址（CIDR）；不给出则不限 set where it may call from (CIDR blocks); without any, from anywhere',
  ).action(async (name: string, blocks: string[], options: Reasoned) => {
    const allowed = blocks.length > 0 ? blocks : null;
    const told = { blocks: allowed, reason: options.reason };
    await changePolicy(`${holder} addresses ${name}`, options, told, (policy) =>
      policy.setAddresses(holder, name, allowed, options.reason),
    );
  });
}

/** `suspend` and `resume`. */
export function addSuspensionCommands(
  parent: Command,
  holder: HolderKind,
  change: (policy: PolicyManager, suspended: boolean, name: string, reason: string) => Promise<void>,
): void {
  for (const [verb, words] of [
    ['suspend', '暂停 suspend'],
    ['resume', '恢复 end a suspension'],
  ] as const) {
    reasoned(parent.command(`${verb} <name>`), words).action(async (name: string, options: Reasoned) => {
      await changePolicy(`${holder} ${verb} ${name}`, options, { reason: options.reason }, (policy) =>
        change(policy, verb === 'suspend', name, options.reason),
      );
    });
  }
}

const hourMs = 3_600_000;

function readHours(option: string, text: string): number {
  if (!/^\d{1,3}(\.\d{1,3})?$/.test(text) || Number(text) > 720)
    throw new CitygraphError('BAD_USER_INPUT', `${option}: expected hours, at most 720, got another text`);
  return Number(text) * hourMs;
}

function readTime(option: string, text: string): Date {
  const time = new Date(text);
  if (Number.isNaN(time.getTime()) || !/^\d{4}-\d{2}-\d{2}/.test(text))
    throw new CitygraphError('BAD_USER_INPUT', `${option}: expected a time of ISO 8601, got another text`);
  return time;
}
