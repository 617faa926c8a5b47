/**
 * Looks for canaries in what was released: in records that have their leaf since the last look, and in those that wait for it, so that an
 * alarm does not hang on the tree's being extended.
 */
import type { ClientBase } from 'pg';
import { findAlert, raiseAlert, reopenAlert, updateEvidence } from './raise-alert.js';

interface Release {
  readonly id: string;
  readonly minute: Date;
  readonly principalKind: string;
  /** Of the public, the network is not kept: all of it is one. */
  readonly principal: string;
  readonly canaries: readonly string[];
}

/** A look at what waits; more than this wait only when nothing is sequenced, and then the oldest come first. */
const waitingSearched = 5_000;
/** Ids of records that an alert names; that there were more is said. */
const recordsNamed = 100;

const findReleases = `
  with canary as materialized (
    select c.id::text, i.subject_id::text as subject
      from citygraph.canary c join citygraph.subject_identifier i on i.kind = c.kind and i.digest = c.digest
     where c.withdrawn_at is null
  ), fresh as (
    select record_id, occurred_at from citygraph.usage_leaf where leaf_index >= $1 and leaf_index < $2
    union
    (select record_id, occurred_at from citygraph.usage_waiting order by queue_id limit ${waitingSearched})
  )
  select r.id, date_trunc('minute', r.occurred_at) as minute, r.principal_kind as "principalKind", r.principal,
         array(select distinct canary.id from canary where canary.subject = any(released) order by 1) as canaries
    from fresh f
   -- One look-up for each: a join is taken for a scan of the whole log where the planner does not know how few they are.
   cross join lateral (
     select id, occurred_at, principal_kind, principal, subjects, outcome
       from citygraph.usage_record r where r.occurred_at = f.occurred_at and r.id = f.record_id limit 1) as r
         cross join lateral (select string_to_array(translate(r.subjects, ';+', ',,'), ',') as released) as split
   where r.outcome = 'answered' and r.subjects <> '' and released && (select array_agg(subject) from canary)
   order by r.occurred_at, r.id`;

/** @returns how many alerts are new */
export async function searchCanaries(client: ClientBase, from: number, until: number): Promise<number> {
  const declared = await client.query('select from citygraph.canary where withdrawn_at is null limit 1');
  if (declared.rowCount === 0) return 0;
  const { rows } = await client.query<Release>(findReleases, [from, until]);
  let raised = 0;
  for (const release of rows) if (await alarm(client, release)) raised += 1;
  return raised;
}

/** One alert for a principal and a minute: a flood of releases is one alarm, and a release that comes later is another. */
async function alarm(
  client: ClientBase,
  { id, minute, principalKind, principal, canaries }: Release,
): Promise<boolean> {
  const key = { detector: 'canary' as const, principalKind, principal, grant: null, windowStart: minute };
  const known = await findAlert(client, key);
  if (!known) {
    const windowEnd = new Date(minute.getTime() + 60_000);
    return raiseAlert(client, { ...key, windowEnd, evidence: { value: 1, canaries, records: [id] } });
  }
  const named = known.evidence.records ?? [];
  if (named.includes(id) || named.length >= recordsNamed) return false;
  const all = new Set([...(known.evidence['canaries'] as string[]), ...canaries]);
  await updateEvidence(client, known, {
    value: named.length + 1,
    canaries: [...all].sort((a, b) => Number(a) - Number(b)),
    records: [...named, id],
    ...(named.length + 1 === recordsNamed && { more: true }),
  });
  if (known.status === 'closed') await reopenAlert(client, known);
  return false;
}
