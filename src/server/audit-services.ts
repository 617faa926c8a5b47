/** What resolvers of the usage log need of the rest: subjects by identifier, words for sections, and headers as the log keeps them. */
import { Kysely, PostgresDialect } from 'kysely';
import type { Pool } from 'pg';
import { digestIdentifier } from '../execution/bind-parameters.js';
import type { Keyring } from '../keyring.js';
import type { IdentifierKind } from '../model/identifier-kind.js';
import type { Registry } from '../model/registry.js';
import { findMergedSubjects, findSubjectsNamed } from '../subjects/find-merged-subjects.js';
import type { UsageContext } from '../usage-log/usage-arguments.js';
import type { SectionWords } from '../usage-log/uses-of-subject.js';
import { caseForLog, userForLog } from './behind.js';

export type AuditServices = Pick<UsageContext['services'], 'subjectFinder' | 'behindInLog'> & {
  readonly sectionWords: SectionWords;
};

/** @param reader finds subjects by digest and reads no identifier */
export function createAuditServices(registry: Registry, keyring: Keyring, reader: Pool): AuditServices {
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: reader }) });
  return {
    subjectFinder: {
      byId: (id) => findMergedSubjects(db, id),
      byIdentifier: (kind: IdentifierKind, value) =>
        findSubjectsNamed(db, { kind, digest: digestIdentifier(keyring.identifiers, kind, value) }),
    },
    behindInLog: {
      user: (text) => userForLog(text, keyring.usageLog)!,
      caseNumber: (text) => caseForLog(text, keyring.usageLog)!,
    },
    sectionWords: {
      ofType(type) {
        const dataset = registry.datasets.get(type);
        const portrait = registry.portraits.get(type);
        const found = dataset ?? portrait;
        return found ? { zh: found.zh, en: found.en, whole: !dataset } : null;
      },
      isIdentifier: (coordinate) => registry.coordinates.get(coordinate)?.matchable ?? false,
    },
  };
}
