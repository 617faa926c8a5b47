import type { Grant, GrantMode } from '../../src/policy/access.js';
import type { CoordinateEntry } from '../../src/model/registry.js';

export function sampleGrant(
  changes: Partial<Omit<Grant, 'items'>> & { items?: Readonly<Record<string, readonly GrantMode[]>> } = {},
): Grant {
  const { items = {}, ...rest } = changes;
  return {
    code: 'G-1',
    consumer: 'portrait-app',
    purpose: 'follow-up',
    legalBasis: 'a law',
    validFrom: new Date('2026-01-01T00:00:00Z'),
    validUntil: new Date('2027-01-01T00:00:00Z'),
    divisions: null,
    includesProtected: false,
    approvedTwice: false,
    requiresUser: false,
    requiresCase: false,
    revokedAt: null,
    items: new Map(Object.entries(items).map(([coordinate, modes]) => [coordinate, new Set(modes)])),
    ...rest,
  };
}

export function sampleEntry(
  changes: Partial<Omit<CoordinateEntry, 'classification'>> & Partial<CoordinateEntry['classification']> = {},
): CoordinateEntry {
  const { level = 'L2', sharing = 'conditional', open = 'not-open', category = 'general', ...rest } = changes;
  return {
    coordinate: 'Resident.name',
    classification: { level, sharing, open, category },
    provider: '150600-public-security',
    maskable: true,
    matchable: false,
    derivedFrom: [],
    zh: '姓名',
    en: 'name',
    ...rest,
  };
}

/** Two types: one with a mask, an identifier and neither, and a relation that is decided by the other. */
export const sampleCoordinates: ReadonlyMap<string, CoordinateEntry> = new Map(
  [
    sampleEntry({ coordinate: 'Resident', level: 'L1', maskable: false }),
    sampleEntry({ coordinate: 'Resident.name' }),
    sampleEntry({ coordinate: 'Resident.idNumber', level: 'L4', matchable: true }),
    sampleEntry({ coordinate: 'Resident.sex', maskable: false }),
    sampleEntry({ coordinate: 'Visit', maskable: false, level: 'L3' }),
    sampleEntry({ coordinate: 'Visit.diagnosis', level: 'L4' }),
    sampleEntry({ coordinate: 'ResidentArchive', maskable: false }),
    sampleEntry({ coordinate: 'ResidentArchive.place' }),
  ]
    .map((entry): [string, CoordinateEntry] => [entry.coordinate, entry])
    .concat([
      ['Resident.visits', sampleEntry({ coordinate: 'Visit', maskable: false, level: 'L3' })],
      ['Resident.updatedAt', sampleEntry({ coordinate: 'Resident', maskable: false, level: 'L1' })],
    ]),
);
