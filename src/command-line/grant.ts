/**
 * `citygraph grant …`: what is granted. The second approval, which important data needs, is given in the service and not here: who runs a
 * command says himself who he is.
 */
import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { parse } from 'yaml';
import { CitygraphError } from '../errors.js';
import type { NewGrant } from '../policy/manage-grants.js';
import { type Answerable, answerable, changePolicy, type Reasoned, reasoned } from './policy-command.js';

export function grantCommand(): Command {
  const grant = new Command('grant').description('授权 grants');
  answerable(grant.command('issue <file>'), '按 YAML 文件授权 issue one as a YAML file says').action(
    async (file: string, options: Answerable) => {
      const wanted = await readGrant(file);
      const { items } = await changePolicy(
        `grant issue ${wanted.code}`,
        options,
        { consumer: wanted.consumer, purpose: wanted.purpose },
        (policy) => policy.issueGrant(wanted),
      );
      console.log(`${wanted.code}: ${items.length} items`);
    },
  );
  reasoned(grant.command('revoke <code>'), '撤销授权 revoke one, for good').action(
    async (code: string, options: Reasoned) => {
      await changePolicy(`grant revoke ${code}`, options, { reason: options.reason }, (policy) =>
        policy.revokeGrant(code, options.reason),
      );
    },
  );
  return grant;
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
  'requiresUser',
  'requiresCase',
  'withheldBasis',
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
