/**
 * The official identifiers of persons and legal persons: read, checked, normalised.
 *
 * Every parser takes the text as it came and answers a value or a fault; a fault carries a machine reason and a message in both
 * languages, and the message never repeats the value. An identifier that is refused here reaches no query.
 */
export {
  type IdentifierFault,
  type IdentifierFound,
  type IdentifierReason,
  type IdentifierResult,
  normaliseIdentifier,
} from './identifier-result.js';
export {
  type ResidentIdNumber,
  type SexOfNumber,
  birthDateOf,
  computeResidentIdCheck,
  parseResidentIdNumber,
  sexOf,
  upgradeFifteenDigits,
} from './resident-id-number.js';
export {
  type UnifiedSocialCreditCode,
  computeCreditCodeCheck,
  computeOrganisationCodeCheck,
  parseUnifiedSocialCreditCode,
} from './unified-social-credit-code.js';
