/** Official identifiers, checked and normalised, and what may be read off them. A reason never repeats the identifier. */
import {
  type IdentifierFault,
  type UnifiedSocialCreditCode,
  parseResidentIdNumber,
  parseUnifiedSocialCreditCode,
} from '../../model/identifiers.js';
import { type TransformDefinition, type TransformResult, type Vocabulary, refused, taken } from './transform.js';

function refusedIdentifier(kind: string, { reason, zh, en }: IdentifierFault): TransformResult {
  return refused({ code: `${kind}-${reason}`, zh, en });
}

/** Something read off a valid credit code. */
function readOffCreditCode(
  name: string,
  prepare: (vocabulary: Vocabulary) => (code: UnifiedSocialCreditCode) => string | null,
): TransformDefinition {
  return {
    name,
    yields: 'text',
    build: (args, vocabulary) => {
      args.allow();
      const read = prepare(vocabulary);
      return (value) => {
        const parsed = parseUnifiedSocialCreditCode(value);
        return parsed.ok ? taken(read(parsed.value)) : refusedIdentifier('credit-code', parsed);
      };
    },
  };
}

export const identifierTransforms: readonly TransformDefinition[] = [
  readOffCreditCode(
    'credit-code',
    () =>
      ({ code }) =>
        code,
  ),
  /** A code of the list `legal-person-kinds`. */
  readOffCreditCode(
    'kind-of-credit-code',
    () =>
      ({ kind }) =>
        kind,
  ),
  /** The region of the registration authority, whatever its six digits stand for. */
  readOffCreditCode(
    'region-of-credit-code',
    () =>
      ({ region }) =>
        region,
  ),
  /** The division whose authority registered the body; none where that is the city's own or a development zone's (150600, 150691 …). */
  readOffCreditCode('division-of-credit-code', ({ divisions }) => {
    const codes = new Set(divisions.map(({ code }) => code));
    return ({ region }) => (codes.has(region) ? region : null);
  }),
  {
    name: 'resident-id-number',
    yields: 'text',
    build: (args) => {
      args.allow();
      return (value) => {
        const parsed = parseResidentIdNumber(value);
        return parsed.ok ? taken(parsed.value.number) : refusedIdentifier('resident-id-number', parsed);
      };
    },
  },
];
