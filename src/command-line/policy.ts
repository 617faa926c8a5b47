/** `citygraph consumer …` and `citygraph grant …`: who is registered and what is granted. Each change holds from its commit and is on record. */
import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { Command } from 'commander';
import { parse } from 'yaml';
import { registry } from '../app.js';
import { policyEntities } from '../database/entities.js';
import { createOrm } from '../database/orm.js';
import type { Level } from '../model/classification.js';
import { CitygraphError } from '../errors.js';
import type { ConsumerLimits } from '../policy/access.js';
import { createPolicyManager, type NewGrant, type PolicyManager } from '../policy/manage-grants.js';
import { runRecordedCommand } from './recorded-command.js';

interface Answerable {
  readonly as: string;
}

export function consumerCommand(): Command {
  const consumer = new Command('consumer').description('数据使用方应用 consumer applications');
  answerable(consumer.command('register <name>'), '登记应用，令牌仅显示一次 register one; its token is shown once')
    .requiredOption('--department <code>', '部门代码 code of its department')
    .requiredOption('--description <text>', '说明 what it is for')
    .option('--clearance <level>', '级别 L1 or L2', 'L1')
    .action(
      async (name: string, options: Answerable & { department: string; description: string; clearance: Level }) => {
        const { department, description, clearance } = options;
        const { token } = await change(`consumer register ${name}`, options, { department, clearance }, (policy) =>
          policy.registerConsumer({ name, department, description, clearance }),
        );
        console.log(token);
      },
    );
  answerable(
    consumer.command('rotate <name>'),
    '更换令牌，旧令牌即刻失效 a new token; the old one ends with it',
  ).action(async (name: string, options: Answerable) => {
    const { token } = await change(`consumer rotate ${name}`, options, {}, (policy) => policy.rotateToken(name));
    console.log(token);
  });
  answerable(consumer.command('suspend <name>'), '暂停 suspend')
    .requiredOption('--reason <text>', '理由 why')
    .action(async (name: string, options: Answerable & { reason: string }) => {
      await change(`consumer suspend ${name}`, options, { reason: options.reason }, (policy) =>
        policy.suspendConsumer(name, options.reason),
      );
    });
  answerable(consumer.command('resume <name>'), '恢复 end a suspension').action(
    async (name: string, options: Answerable) => {
      await change(`consumer resume ${name}`, options, {}, (policy) => policy.resumeConsumer(name));
    },
  );
  limitCommand(consumer);
  return consumer;
}

function limitCommand(consumer: Command): void {
  const options = [
    ['rate', '每秒费用单位 cost units that come back each second'],
    ['burst', '可累积的费用单位 cost units there may be at once'],
    ['concurrency', '同时进行的请求数 requests under way at once'],
    ['lookups', '每窗口不同标识数 distinct identifiers looked up in a window'],
    ['misses', '其中未查到的个数 of these, such as were not found'],
  ] as const;
  const command = answerable(
    consumer.command('limit <name>'),
    '设定限额，未给出的恢复默认 set its limits; those left out go back to the defaults',
  ).requiredOption('--reason <text>', '理由 why');
  for (const [name, description] of options) command.option(`--${name} <number>`, description, Number);
  command.action(
    async (name: string, given: Answerable & { reason: string } & Partial<Record<keyof ConsumerLimits, number>>) => {
      const { reason, rate = null, burst = null, concurrency = null, lookups = null, misses = null } = given;
      const limits = { rate, burst, concurrency, lookups, misses };
      await change(`consumer limit ${name}`, given, { ...limits, reason }, (policy) =>
        policy.limitConsumer(name, limits, reason),
      );
    },
  );
}

export function grantCommand(): Command {
  const grant = new Command('grant').description('授权 grants');
  answerable(grant.command('issue <file>'), '按 YAML 文件授权 issue one as a YAML file says').action(
    async (file: string, options: Answerable) => {
      const wanted = await readGrant(file);
      const { items } = await change(
        `grant issue ${wanted.code}`,
        options,
        { consumer: wanted.consumer, purpose: wanted.purpose },
        (policy) => policy.issueGrant(wanted),
      );
      console.log(`${wanted.code}: ${items.length} items`);
    },
  );
  answerable(grant.command('revoke <code>'), '撤销授权 revoke one, for good')
    .requiredOption('--reason <text>', '理由 why')
    .action(async (code: string, options: Answerable & { reason: string }) => {
      await change(`grant revoke ${code}`, options, { reason: options.reason }, (policy) =>
        policy.revokeGrant(code, options.reason),
      );
    });
  return grant;
}

function answerable(command: Command, description: string): Command {
  return command
    .description(description)
    .option('--as <name>', '操作人 who answers for it in the usage log', userInfo().username);
}

async function change<T>(
  operation: string,
  { as }: Answerable,
  told: Record<string, unknown>,
  work: (policy: PolicyManager) => Promise<T>,
): Promise<T> {
  return runRecordedCommand({ operation, principal: as, documentHash: null, arguments: told }, async (url) => {
    const orm = await createOrm(url, { entities: policyEntities, purpose: 'policy', poolSize: 1 });
    try {
      return { result: await work(createPolicyManager({ em: orm.em, coordinates: registry.coordinates })), told: {} };
    } finally {
      await orm.close();
    }
  });
}

const grantFields = [
  'code',
  'consumer',
  'purpose',
  'legalBasis',
  'validFrom',
  'validUntil',
  'divisions',
  'items',
  'includesProtected',
  'approvedTwice',
  'requiresUser',
  'requiresCase',
];

/** Types of the single values are the grant manager's to check; here is what YAML can get wrong. */
async function readGrant(file: string): Promise<NewGrant> {
  const given = parse(await readFile(file, 'utf8')) as Record<string, unknown> | null;
  const unknown = Object.keys(given ?? {}).filter((field) => !grantFields.includes(field));
  if (!given || unknown.length > 0 || !Array.isArray(given['items'])) {
    const came = unknown.length > 0 ? `also ${unknown.join(', ')}` : 'no list of items';
    throw new CitygraphError('BAD_USER_INPUT', `${file}: expected a grant with ${grantFields.join(', ')}, got ${came}`);
  }
  return {
    divisions: null,
    ...given,
    validFrom: new Date(String(given['validFrom'])),
    validUntil: new Date(String(given['validUntil'])),
  } as unknown as NewGrant;
}
