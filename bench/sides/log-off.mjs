/**
 * Loaded before `citygraph start` (`node --import`): its usage log takes every record and writes none. The product has no such switch; this
 * stands beside it to measure what the log costs. What is signed, sequenced, indexed and counted after a record is away with it.
 */
import { createUsageLog } from '../../dist/src/usage-log/append-usage.js';

const log = Object.getPrototypeOf(createUsageLog({ pool: null }));
const { append } = log;
let policyVersion;

/** The first goes to the log, which tells the policy version that answers are compared with; it does not change during a measurement. */
log.append = async function (record, plan) {
  if (policyVersion === undefined) ({ policyVersion } = await append.call(this, record, plan));
  return { accepted: true, policyVersion, databaseTime: new Date(), receipt: null };
};
