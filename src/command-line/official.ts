/** `citygraph official …`: who is registered with a role and a token of this service. Those whom an issuer vouches for need no registration. */
import { Command } from 'commander';
import type { OfficialRole } from '../policy/access.js';
import {
  addCredentialCommands,
  addSuspensionCommands,
  type Answerable,
  answerable,
  changePolicy,
} from './policy-command.js';

export function officialCommand(): Command {
  const official = new Command('official').description('管理人员 officials');
  answerable(official.command('register <name>'), '登记人员，令牌仅显示一次 register one; the token is shown once')
    .requiredOption('--role <role>', '角色 steward, operator, auditor, security-officer or supervisor')
    .requiredOption('--department <code>', '部门代码 code of the department')
    .action(async (name: string, options: Answerable & { role: OfficialRole; department: string }) => {
      const { role, department } = options;
      const { token } = await changePolicy(`official register ${name}`, options, { role, department }, (policy) =>
        policy.registerOfficial({ name, role, department }),
      );
      console.log(token);
    });
  addCredentialCommands(official, 'official');
  addSuspensionCommands(official, 'official', (policy, suspended, name, reason) =>
    suspended ? policy.suspendOfficial(name, reason) : policy.resumeOfficial(name, reason),
  );
  return official;
}
