/** That all sides are asked for the same and give the same: else the figures would compare nothing. */
import { onDatabase } from './prepare-database.mjs';
import { contentOf } from './render.mjs';

const samples = 25;

async function ask(side, workload, subject) {
  const { path, headers, bodyOf } = side.requestFor(workload);
  const response = await fetch(`${side.address}${path}`, { method: 'POST', headers, body: bodyOf(subject) });
  const answer = await response.json();
  if (response.status !== 200 || answer.errors)
    throw new Error(`${side.name} refuses ${workload.name}: ${response.status} ${JSON.stringify(answer.errors)}`);
  return answer;
}

/** @returns {Promise<string>} what was compared. @throws Error naming side and workload where the content differs */
export async function checkAnswers({ sides, subjects, workloads }) {
  let compared = 0;
  let characters = 0;
  for (const workload of workloads) {
    const seen = new Set();
    for (const subject of subjects[workload.root].slice(0, samples)) {
      const contents = [];
      for (const side of sides) contents.push(JSON.stringify(contentOf((await ask(side, workload, subject)).data)));
      const odd = contents.findIndex((content) => content !== contents[0]);
      if (odd >= 0)
        throw new Error(
          `${workload.name}: ${sides[odd].name} answers otherwise than ${sides[0].name}\n${contents[0]}\n${contents[odd]}`,
        );
      seen.add(contents[0]);
      compared += 1;
      characters += contents[0].length;
    }
    if (seen.size < Math.min(samples, subjects[workload.root].length) / 2)
      throw new Error(`${workload.name}: its answers hardly vary`);
  }
  return `${compared} answers of ${sides.length} sides compared, ${characters} characters: equal in content`;
}

/** A record of each workload as Citygraph has written it, for the floor to write the like. */
export function readSampleRecords({ url, side, subjects, workloads }) {
  return onDatabase(url, async (client) => {
    const records = {};
    for (const workload of workloads) {
      const { extensions } = await ask(side, workload, subjects[workload.root][0]);
      const { rows } = await client.query(
        `select r.*, encode(document_hash, 'hex') as document_hash, encode(plan_id, 'hex') as plan_id, p.description::text as plan_text
           from citygraph.usage_record r join citygraph.usage_plan p on p.hash = r.plan_id where id = $1`,
        [extensions.usage.recordId],
      );
      records[workload.name] = toRecord(rows[0]);
    }
    return records;
  });
}

function toRecord(row) {
  return {
    ...{ node: row.node, kind: row.kind, principalKind: row.principal_kind, principal: row.principal },
    ...{ department: row.department, grants: row.grants, purpose: row.purpose, user: row.user_name },
    ...{ caseNumber: row.case_number, operationName: row.operation_name, documentHash: row.document_hash },
    ...{ arguments: row.arguments, planId: row.plan_id, subjects: row.subjects, rowCounts: row.row_counts },
    ...{ errorCodes: row.error_codes, outcome: row.outcome, policyVersion: Number(row.policy_version) },
    ...{ decidedUntil: row.decided_until, clientAddress: row.client_address },
    plan: { hash: row.plan_id, text: row.plan_text },
  };
}
