/** A person's portrait as an application shows it; as clinic-app, to see what a denial and a mask look like: `-- person-portrait clinic-app`. */
import { PersonPortraitDocument } from '../generated/operations.js';
import { ask, readCredentials } from './graphql-client.js';

const { consumers, samples } = readCredentials();
const name = process.argv[2] ?? 'portrait-app';
const consumer = consumers[name];
if (!consumer) throw new Error(`expected one of ${Object.keys(consumers).join(', ')}`);

const { data, errors, extensions } = await ask(
  PersonPortraitDocument,
  { idNumber: samples.idNumbers[0]! },
  consumer.token,
);
const person = data?.personPortrait;
console.log(`${person?.registration?.name ?? '(none)'}  born ${person?.registration?.birthDate ?? '(none)'}`);
for (const office of person?.offices?.nodes ?? []) {
  console.log(`  ${office.position ?? ''} of ${office.legalPerson?.registration?.name ?? '(none)'}`);
}
for (const visit of person?.medicalVisits?.nodes ?? []) {
  console.log(`  ${visit.visitedOn ?? ''} ${visit.institutionName ?? ''} ${visit.diagnosis ?? ''}`);
}
for (const error of errors ?? []) console.log(`  denied: ${error.message}`);
console.log(`  on record as ${extensions.usage.recordId}`);
