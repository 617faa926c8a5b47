/** `citygraph canary …`: subjects whose release always alarms. Given by an official identifier, which goes no further than its keyed digest. */
import { createHmac } from 'node:crypto';
import { Command } from 'commander';
import { type AlertManager, createAlertManager } from '../anomalies/manage-alerts.js';
import { readProcessConfig } from '../config.js';
import { createOrm } from '../database/orm.js';
import { digestIdentifier } from '../execution/bind-parameters.js';
import { openKeyring } from '../keyring.js';
import { requireReason } from '../policy/policy-change.js';
import { type Reasoned, reasoned } from './policy-command.js';
import { runRecordedCommand } from './recorded-command.js';
import { readIdentifier } from './subject.js';

export function canaryCommand(): Command {
  const canary = new Command('canary').description('蜜标主体 canary subjects');
  reasoned(
    canary.command('declare <identifier>'),
    '设定蜜标：公民身份号码或统一社会信用代码 declare one by an ID number or a credit code',
  )
    .requiredOption('--label <text>', '标签，不含标识 label, without an identifier')
    .action(async (text: string, options: Reasoned & { label: string }) => {
      const { kind, value } = readIdentifier('identifier', text);
      const { usageLog } = openKeyring(readProcessConfig().keyringFile);
      // INVARIANT: as a query's argument would be kept.
      const digest = `digest:${createHmac('sha256', usageLog).update(JSON.stringify(value)).digest('base64url')}`;
      const { label, reason } = options;
      const told = { identifier: digest, label, reason };
      console.log(
        await change('canary declare', options.as, told, (manager) =>
          manager.declareCanary(kind, value, label, reason),
        ),
      );
    });
  reasoned(canary.command('withdraw <id>'), '撤除蜜标 withdraw one').action(async (id: string, options: Reasoned) => {
    await change(`canary withdraw ${id}`, options.as, { reason: options.reason }, (manager) =>
      manager.withdrawCanary(id, options.reason),
    );
  });
  return canary;
}

async function change<T>(
  operation: string,
  as: string,
  told: Readonly<Record<string, unknown>>,
  work: (manager: AlertManager) => Promise<T>,
): Promise<T> {
  // INVARIANT: before it is recorded: words with an identifier must not get into the log either.
  for (const word of ['reason', 'label']) if (typeof told[word] === 'string') requireReason(told[word]);
  return runRecordedCommand(
    { operation, principal: as, documentHash: null, arguments: told },
    async (url, { keyringFile }) => {
      const { identifiers } = openKeyring(keyringFile);
      const orm = await createOrm(url, { entities: [], purpose: 'canaries', poolSize: 1 });
      try {
        const manager = createAlertManager({
          pool: async () => orm.em.getConnection().getNativeClient(),
          digest: (kind, value) => digestIdentifier(identifiers, kind, value),
          actor: { kind: 'command', name: as },
        });
        return { result: await work(manager), told: {} };
      } finally {
        await orm.close();
      }
    },
  );
}
