/** `citygraph consumer …`: who is registered, with what clearance and what credentials. */
import { Command } from 'commander';
import type { Level } from '../model/classification.js';
import type { ConsumerLimits } from '../policy/access.js';
import { addDocumentCommands } from './consumer-documents.js';
import {
  addAddressCommand,
  addCredentialCommands,
  addSuspensionCommands,
  type Answerable,
  answerable,
  changePolicy,
  type Reasoned,
  reasoned,
} from './policy-command.js';

export function consumerCommand(): Command {
  const consumer = new Command('consumer').description('数据使用方应用 consumer applications');
  answerable(consumer.command('register <name>'), '登记应用，令牌仅显示一次 register one; its token is shown once')
    .requiredOption('--department <code>', '部门代码 code of its department')
    .requiredOption('--description <text>', '说明 what it is for')
    .option('--clearance <level>', '级别 L1 or L2', 'L1')
    .action(
      async (name: string, options: Answerable & { department: string; description: string; clearance: Level }) => {
        const { department, description, clearance } = options;
        const { token } = await changePolicy(
          `consumer register ${name}`,
          options,
          { department, clearance },
          (policy) => policy.registerConsumer({ name, department, description, clearance }),
        );
        console.log(token);
      },
    );
  reasoned(
    consumer.command('clearance <name> <level>'),
    '设定无需授权可见的最高级别 set how far it sees without a grant',
  ).action(async (name: string, level: Level, options: Reasoned) => {
    await changePolicy(`consumer clearance ${name}`, options, { level, reason: options.reason }, (policy) =>
      policy.setClearance(name, level, options.reason),
    );
  });
  addCredentialCommands(consumer, 'consumer');
  addAddressCommand(consumer, 'consumer');
  addSuspensionCommands(consumer, 'consumer', (policy, suspended, name, reason) =>
    suspended ? policy.suspendConsumer(name, reason) : policy.resumeConsumer(name, reason),
  );
  addLimitCommand(consumer);
  addDocumentCommands(consumer);
  return consumer;
}

const limitOptions = [
  ['rate', '每秒费用单位 cost units that come back each second'],
  ['burst', '可累积的费用单位 cost units there may be at once'],
  ['concurrency', '同时进行的请求数 requests under way at once'],
  ['lookups', '每窗口不同标识数 distinct identifiers looked up in a window'],
  ['misses', '其中未查到的个数 of these, such as were not found'],
] as const;

function addLimitCommand(consumer: Command): void {
  const command = reasoned(
    consumer.command('limit <name>'),
    '设定限额，未给出的恢复默认 set its limits; those left out go back to the defaults',
  );
  for (const [name, description] of limitOptions) command.option(`--${name} <number>`, description, Number);
  command.action(async (name: string, given: Reasoned & Partial<Record<keyof ConsumerLimits, number>>) => {
    const { reason, rate = null, burst = null, concurrency = null, lookups = null, misses = null } = given;
    const limits = { rate, burst, concurrency, lookups, misses };
    await changePolicy(`consumer limit ${name}`, given, { ...limits, reason }, (policy) =>
      policy.limitConsumer(name, limits, reason),
    );
  });
}
