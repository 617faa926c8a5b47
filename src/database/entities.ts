/**
 * Every entity that has a table in the pool, in one list: tables, migrations, roles and the schema's files are made from it.
 */
import { StoredAlert, StoredAlertAction, StoredAlertDelivery } from '../anomalies/alert.entities.js';
import { StoredCanary } from '../anomalies/canary.entity.js';
import {
  AnomalyProgress,
  GrantUse,
  UsageDay,
  UsageDayConsumer,
  UsageDaySubject,
} from '../anomalies/figures.entities.js';
import { libraries } from '../libraries/index.js';
import { AccessGrantItem } from '../policy/access-grant-item.entity.js';
import { AccessGrant } from '../policy/access-grant.entity.js';
import { Consumer } from '../policy/consumer.entity.js';
import { EmergencySwitch } from '../policy/emergency-switch.entity.js';
import { Gateway } from '../policy/gateway.entity.js';
import { OfficialSuspension } from '../policy/official-suspension.entity.js';
import { ConsumerLimit } from '../policy/consumer-limit.entity.js';
import { LegalPersonCredential } from '../policy/legal-person-credential.entity.js';
import { Official } from '../policy/official.entity.js';
import { StoredPolicyChange } from '../policy/policy-change.entity.js';
import { PolicyVersion } from '../policy/policy-version.entity.js';
import { Regrading } from '../policy/regrading.entity.js';
import { TrustedDocument } from '../policy/trusted-document.entity.js';
import { UsedAssertion } from '../policy/used-assertion.entity.js';
import { ScopeToCopy } from '../subjects/scope-to-copy.entity.js';
import { SubjectIdentifier } from '../subjects/subject-identifier.entity.js';
import { Subject } from '../subjects/subject.entity.js';
import { DistributedTable } from './distributed-table.entity.js';
import { StoredUsageArchive } from '../usage-log/archive/usage-archive.entity.js';
import { StoredEnumerationEvent } from '../usage-log/enumeration-event.entity.js';
import {
  Footprint,
  FootprintItem,
  IndexedDay,
  IndexProgress,
  PlanFootprint,
  Shape,
  UsageEntry,
  UsageHour,
  UsageSubjectBatch,
  UsageSubjectEntry,
  UsageSubjectPeriod,
} from '../usage-log/index/index.entities.js';
import {
  Leaf,
  QueuedBatch,
  StoredCheckpoint,
  StoredCosignature,
  StoredTile,
  Tree,
} from '../usage-log/tree/tree.entities.js';
import { StoredUsagePlan } from '../usage-log/usage-plan.entity.js';
import { StoredUsageRecord } from '../usage-log/usage-record.entity.js';
import { StoredUsageRefusal } from '../usage-log/usage-refusal.entity.js';

export type EntityClass = new () => object;

export const datasets = libraries.flatMap((library) => library.datasets);
export const subjectEntities: readonly EntityClass[] = [Subject, SubjectIdentifier];
/** What decides access; the auditor reads it, save for its secrets. */
export const policyEntities: readonly EntityClass[] = [
  ...[
    Consumer,
    ConsumerLimit,
    LegalPersonCredential,
    Official,
    OfficialSuspension,
    Gateway,
    UsedAssertion,
    TrustedDocument,
    AccessGrant,
    AccessGrantItem,
  ],
  ...[Regrading, EmergencySwitch, StoredPolicyChange, PolicyVersion],
];
/** What is on record; the logger adds to it and nobody else writes it. */
export const usageLogEntities: readonly EntityClass[] = [
  StoredUsageRecord,
  StoredUsagePlan,
  StoredUsageRefusal,
  StoredEnumerationEvent,
  QueuedBatch,
  Leaf,
  StoredTile,
  Tree,
  StoredCheckpoint,
  StoredCosignature,
  ...[
    Footprint,
    FootprintItem,
    PlanFootprint,
    Shape,
    UsageEntry,
    UsageSubjectEntry,
    UsageSubjectPeriod,
    UsageSubjectBatch,
    UsageHour,
    IndexedDay,
    IndexProgress,
  ],
  StoredUsageArchive,
];
/** What the detectors have counted and found; who may touch which is said table by table (`grant-statements.ts`). */
export const anomalyEntities: readonly EntityClass[] = [
  ...[StoredAlert, StoredAlertAction, StoredAlertDelivery, StoredCanary],
  ...[AnomalyProgress, UsageDay, UsageDayConsumer, UsageDaySubject, GrantUse],
];

export const entities: readonly EntityClass[] = [
  ...datasets.map((dataset) => dataset.entity),
  ...subjectEntities,
  ...policyEntities,
  ...usageLogEntities,
  ...anomalyEntities,
  ScopeToCopy,
  DistributedTable,
];
