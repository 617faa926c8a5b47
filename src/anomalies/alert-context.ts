/** What resolvers of alerts are given, and who acts by them. */
import type { Pool } from 'pg';
import { CitygraphError } from '../errors.js';
import type { AccessProfile } from '../policy/access-profile.js';
import type { AlertManager } from './manage-alerts.js';

export interface AlertContext {
  readonly profile: AccessProfile;
  readonly services: { readonly auditorPool: Pool; readonly alertManager: AlertManager };
}

/** INVARIANT: what is done is put down to who asked for it. */
export function alertManagerFor({ profile, services }: AlertContext): AlertManager {
  const { kind, name } = profile.principal;
  if (kind === 'public') throw new CitygraphError('FORBIDDEN', 'expected who is known, got the public');
  return services.alertManager.as({ kind, name });
}
