/** `citygraph switch …`: the emergency switch by hand, for when the service can't be reached; in force from its commit on every node. */
import { Command } from 'commander';
import { switchScopes } from '../policy/emergency-switch.entity.js';
import type { SwitchScope } from '../policy/emergency-switch.entity.js';
import { changePolicy, type Reasoned, reasoned } from './policy-command.js';

export function switchCommand(): Command {
  const command = new Command('switch').description('紧急开关 the emergency switch');
  for (const [verb, words] of [
    ['off', '紧急停用 switch off'],
    ['lift', '恢复 lift a switch'],
  ] as const) {
    reasoned(
      command.command(`${verb} <scope> [target]`),
      `${words}: ${switchScopes.join(', ')}; 应用名称、授权编号或库代码 name of the consumer, code of the grant or library`,
    ).action(async (scope: SwitchScope, target: string | undefined, options: Reasoned) => {
      const operation = `switch ${verb} ${[scope, target].filter(Boolean).join(' ')}`;
      await changePolicy(operation, options, { reason: options.reason }, (policy) =>
        verb === 'off'
          ? policy.switchOff(scope, target ?? null, options.reason)
          : policy.liftSwitch(scope, target ?? null, options.reason),
      );
    });
  }
  return command;
}
