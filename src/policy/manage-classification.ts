/**
 * Re-grading: stricter by one person and at once, laxer by two, and never below what a source of a derivation demands.
 *
 * What is in force is read in the change's own transaction, under the policy's lock: two changes at once are one after the other.
 */
import type { PoolClient } from 'pg';
import {
  type Classification,
  compareStrictness,
  dimensions,
  findClassificationFault,
  laxerDimensions,
} from '../model/classification.js';
import type { CoordinateEntry } from '../model/registry.js';
import { applyRegradings, type Coordinates, sameClassification, sourcesOf } from './effective-classification.js';
import { type PolicyChanger, requireAnotherPerson, requireReason, unexpected } from './policy-change.js';
import { regradingOf, selectRegradings } from './policy-snapshot.js';

/** What is left out stays as it is. */
export type ClassificationChange = Partial<Classification>;

export interface MadeRegrading {
  readonly id: string;
  readonly coordinate: string;
  readonly before: Classification;
  readonly after: Classification;
}

export interface ClassificationManager {
  /** In force at once. @throws BAD_USER_INPUT where it is laxer in anything: that takes a proposal and another person */
  regrade(coordinate: string, wanted: ClassificationChange, reason: string): Promise<MadeRegrading>;
  /** Changes nothing until another person approves it. */
  proposeRegrading(coordinate: string, wanted: ClassificationChange, reason: string): Promise<MadeRegrading>;
  /** @throws FORBIDDEN to who proposed it */
  approveRegrading(id: string, reason: string): Promise<MadeRegrading>;
  rejectRegrading(id: string, reason: string): Promise<MadeRegrading>;
}

export function createClassificationManager(changer: PolicyChanger, declared: Coordinates): ClassificationManager {
  const { change, actor, now } = changer;
  const made = (
    client: PoolClient,
    it: Draft,
    status: 'proposed' | 'in-force',
    reason: string,
  ): Promise<MadeRegrading> => insertRegrading(client, it, { status, reason, by: actor.name, at: now() });

  return {
    async regrade(coordinate, wanted, reason) {
      requireReason(reason);
      return change(async (client) => {
        const draft = await draftRegrading(client, declared, coordinate, wanted);
        if (draft.laxer.length > 0) {
          throw unexpected(
            draft.laxer.join(', '),
            'a stricter classification, or a proposal that another person approves (proposeRegrading)',
            `a laxer one of ${coordinate}`,
          );
        }
        await setAside(client, coordinate, { by: actor.name, at: now(), reason: 'overtaken by a stricter one' });
        const result = await made(client, draft, 'in-force', reason);
        return { result, entry: entryOf('classification.regraded', result, reason) };
      });
    },

    async proposeRegrading(coordinate, wanted, reason) {
      requireReason(reason);
      return change(async (client) => {
        const draft = await draftRegrading(client, declared, coordinate, wanted);
        const pending = await client.query(
          `select from citygraph.regrading where coordinate = $1 and status = 'proposed'`,
          [coordinate],
        );
        if (pending.rowCount)
          throw unexpected('coordinate', 'one for which no other proposal waits', 'one for which one does');
        const result = await made(client, draft, 'proposed', reason);
        return { result, entry: entryOf('classification.proposed', result, reason) };
      });
    },

    async approveRegrading(id, reason) {
      requireReason(reason);
      return change(async (client) => {
        const proposal = await findProposal(client, id);
        requireAnotherPerson(proposal.madeBy, actor, 'proposed it');
        const draft = await draftRegrading(client, declared, proposal.coordinate, proposal.after);
        if (!sameClassification(draft.before, proposal.before))
          throw unexpected('id', 'a proposal about the classification that holds', 'one about an earlier one');
        await supersede(client, proposal.coordinate);
        await decide(client, id, 'in-force', { by: actor.name, at: now(), reason });
        return { result: proposal, entry: entryOf('classification.approved', proposal, reason) };
      });
    },

    async rejectRegrading(id, reason) {
      requireReason(reason);
      return change(async (client) => {
        const proposal = await findProposal(client, id);
        await decide(client, id, 'rejected', { by: actor.name, at: now(), reason });
        return { result: proposal, entry: entryOf('classification.rejected', proposal, reason) };
      });
    },
  };
}

interface Draft {
  readonly coordinate: string;
  readonly declared: Classification;
  readonly before: Classification;
  readonly after: Classification;
  readonly laxer: readonly (keyof Classification)[];
}

/** What a change would come to, from what is in force now. @throws BAD_USER_INPUT */
async function draftRegrading(
  client: PoolClient,
  declared: Coordinates,
  coordinate: string,
  wanted: ClassificationChange,
): Promise<Draft> {
  const entry = requireCoordinate(declared, coordinate);
  const { rows } = await client.query<Parameters<typeof regradingOf>[0]>(selectRegradings);
  const effective = applyRegradings(declared, new Map(rows.map((row) => [row.coordinate, regradingOf(row)])));
  const before = effective.get(coordinate)!.classification;
  const after = closeWhatIsNotOpen({ ...before, ...withoutGaps(wanted) }, wanted);
  const fault = findClassificationFault(after);
  if (fault) throw unexpected('classification', 'one that holds together', fault);
  if (sameClassification(before, after))
    throw unexpected('classification', `another than that of ${coordinate}`, 'the one that holds');
  const laxer = laxerDimensions(after, before);
  requireSources(effective, entry, after, laxer);
  return { coordinate, declared: entry.classification, before, after, laxer };
}

function requireCoordinate(declared: Coordinates, coordinate: string): CoordinateEntry {
  const entry = declared.get(coordinate);
  if (!entry) throw unexpected('coordinate', 'a coordinate of the catalogue', coordinate);
  if (entry.coordinate !== coordinate)
    throw unexpected('coordinate', `${entry.coordinate}, by which it is decided`, coordinate);
  return entry;
}

function withoutGaps(wanted: ClassificationChange): ClassificationChange {
  return Object.fromEntries(dimensions.flatMap((it) => (wanted[it] === undefined ? [] : [[it, wanted[it]]])));
}

/** Who raises what is open must not have to think of closing it. */
function closeWhatIsNotOpen(after: Classification, wanted: ClassificationChange): Classification {
  if (after.open !== 'open' || wanted.open !== undefined || !findClassificationFault(after)) return after;
  return { ...after, open: 'not-open' };
}

/** INVARIANT: what is derived is never below what it is computed from. */
function requireSources(
  effective: Coordinates,
  entry: CoordinateEntry,
  after: Classification,
  laxer: readonly (keyof Classification)[],
): void {
  for (const source of sourcesOf(effective, entry)) {
    const its = effective.get(source)!.classification;
    for (const dimension of laxer) {
      if (compareStrictness(dimension, after, its) >= 0) continue;
      throw unexpected(
        dimension,
        `at least ${its[dimension]}, which is that of ${source}, of which ${entry.coordinate} is derived`,
        after[dimension],
      );
    }
  }
}

interface Decision {
  readonly by: string;
  readonly at: Date;
  readonly reason: string;
}

async function insertRegrading(
  client: PoolClient,
  { coordinate, declared, before, after, laxer }: Draft,
  { status, reason, by, at }: Decision & { readonly status: 'proposed' | 'in-force' },
): Promise<MadeRegrading> {
  if (status === 'in-force') await supersede(client, coordinate);
  const { rows } = await client.query<{ id: string }>(
    `insert into citygraph.regrading (coordinate, level, sharing, open, category,
            before_level, before_sharing, before_open, before_category,
            declared_level, declared_sharing, declared_open, declared_category,
            laxer, status, reason, made_by, made_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) returning id::text`,
    [
      coordinate,
      ...valuesOf(after),
      ...valuesOf(before),
      ...valuesOf(declared),
      laxer.length > 0,
      status,
      reason,
      by,
      at,
    ],
  );
  return { id: rows[0]!.id, coordinate, before, after };
}

async function supersede(client: PoolClient, coordinate: string): Promise<void> {
  await client.query(
    `update citygraph.regrading set status = 'superseded' where coordinate = $1 and status = 'in-force'`,
    [coordinate],
  );
}

/** A proposal about what no longer holds. */
async function setAside(client: PoolClient, coordinate: string, { by, at, reason }: Decision): Promise<void> {
  await client.query(
    `update citygraph.regrading set status = 'rejected', decided_by = $2, decided_at = $3, decided_reason = $4
      where coordinate = $1 and status = 'proposed'`,
    [coordinate, by, at, reason],
  );
}

async function decide(
  client: PoolClient,
  id: string,
  status: 'in-force' | 'rejected',
  { by, at, reason }: Decision,
): Promise<void> {
  await client.query(
    `update citygraph.regrading set status = $2, decided_by = $3, decided_at = $4, decided_reason = $5
      where id = $1::bigint and status = 'proposed'`,
    [id, status, by, at, reason],
  );
}

interface ProposalRow extends Classification {
  readonly coordinate: string;
  readonly made_by: string;
  readonly before: Classification;
}

async function findProposal(client: PoolClient, id: string): Promise<MadeRegrading & { readonly madeBy: string }> {
  if (!/^[1-9]\d{0,17}$/.test(id)) throw unexpected('id', 'the id of a proposal', 'another text');
  const { rows } = await client.query<ProposalRow>(
    `select coordinate, level, sharing, open, category, made_by,
            json_build_object('level', before_level, 'sharing', before_sharing, 'open', before_open, 'category', before_category) as before
       from citygraph.regrading where id = $1::bigint and status = 'proposed'`,
    [id],
  );
  const row = rows[0];
  if (!row) throw unexpected('id', 'the id of a proposal that waits', 'another');
  const { level, sharing, open, category } = row;
  return {
    id,
    coordinate: row.coordinate,
    before: row.before,
    after: { level, sharing, open, category },
    madeBy: row.made_by,
  };
}

function entryOf(action: string, { coordinate, before, after, id }: MadeRegrading, reason: string) {
  return { action, target: coordinate, reason, details: { id, before, after } };
}

function valuesOf({ level, sharing, open, category }: Classification): string[] {
  return [level, sharing, open, category];
}
