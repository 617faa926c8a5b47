/** `citygraph gateway …`: gateways that sign consumers in by themselves, each with the consumers that it may forward and the key it signs with. */
import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { CitygraphError } from '../errors.js';
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

interface Registration extends Answerable {
  readonly department: string;
  readonly description: string;
  readonly consumer: readonly string[];
  readonly key: string;
  readonly address?: readonly string[];
}

export function gatewayCommand(): Command {
  const gateway = new Command('gateway').description('网关 gateways that forward consumers');
  answerable(gateway.command('register <name>'), '登记网关，令牌仅显示一次 register one; its token is shown once')
    .requiredOption('--department <code>', '部门代码 code of its department')
    .requiredOption('--description <text>', '说明 what it is for')
    .requiredOption('--consumer <name...>', '可转发的应用 the consumers that it may forward')
    .requiredOption('--key <file>', '公钥（JWK，Ed25519 或 P-256）file of its public key as JWK')
    .option('--address <block...>', '来源地址（CIDR）where it calls from')
    .action(async (name: string, options: Registration) => {
      const { department, description, consumer: consumers, address = null } = options;
      const publicKey = await readKey(options.key);
      const told = { department, consumers, addresses: address };
      const { token } = await changePolicy(`gateway register ${name}`, options, told, (policy) =>
        policy.registerGateway({ name, department, description, consumers, publicKey, addresses: address }),
      );
      console.log(token);
    });
  reasoned(
    gateway.command('consumers <name> <consumers...>'),
    '设定可转发的应用 set the consumers that it may forward',
  ).action(async (name: string, consumers: string[], options: Reasoned) => {
    const told = { consumers, reason: options.reason };
    await changePolicy(`gateway consumers ${name}`, options, told, (policy) =>
      policy.setGatewayConsumers(name, consumers, options.reason),
    );
  });
  reasoned(gateway.command('key <name> <file>'), '更换公钥 set its public key; the one before ends with it').action(
    async (name: string, file: string, options: Reasoned) => {
      const publicKey = await readKey(file);
      await changePolicy(`gateway key ${name}`, options, { reason: options.reason }, (policy) =>
        policy.setGatewayKey(name, publicKey, options.reason),
      );
    },
  );
  addCredentialCommands(gateway, 'gateway');
  addAddressCommand(gateway, 'gateway');
  addSuspensionCommands(gateway, 'gateway', (policy, suspended, name, reason) =>
    suspended ? policy.suspendGateway(name, reason) : policy.resumeGateway(name, reason),
  );
  return gateway;
}

async function readKey(file: string): Promise<Readonly<Record<string, unknown>>> {
  const text = await readFile(file, 'utf8');
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch (cause) {
    throw new CitygraphError('BAD_USER_INPUT', '--key: expected a file with a JWK, got another', {}, { cause });
  }
}
