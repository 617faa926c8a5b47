/** `citygraph consumer …`: who is registered, with what clearance and what credentials. */
import { Command } from 'commander';
import type { Level } from '../model/classification.js';
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
  return consumer;
}
