/**
 * Derived data: tables that a computation fills and no department supplies. Each names what it is computed from and is as closed as the
 * strictest of that. How it is computed stands in `derivation/`, of which this folder knows nothing.
 */
import { defineLibrary } from '../../model/library.js';
import { EnterpriseTimelineEntry } from './enterprise-timeline-entry.js';
import { HealthTag } from './health-tag.js';
import { PersonTag } from './person-tag.js';
import { RiskPart } from './risk-part.js';
import { RiskScore } from './risk-score.js';
import { SocialSecurityTag } from './social-security-tag.js';
import { Standing } from './standing.js';

export const portrait = defineLibrary({
  code: 'portrait',
  zh: '画像库',
  en: 'Portrait',
  datasets: [RiskScore, RiskPart, Standing, PersonTag, SocialSecurityTag, HealthTag, EnterpriseTimelineEntry],
});
