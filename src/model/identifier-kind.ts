import type { GraphQLScalarType } from 'graphql';
import { ResidentIdNumberScalar, UnifiedSocialCreditCodeScalar } from './scalars.js';
import type { SubjectKind } from './subject-kind.js';

interface IdentifierKindDeclaration {
  readonly subject: SubjectKind;
  readonly scalar: GraphQLScalarType;
  /** Its value may be read by the role that reads without L4; what is not open stands in a column of its own. */
  readonly open: boolean;
}

/** The kinds of official identifiers that the subject index keeps. */
export const identifierKinds = {
  'resident-id-number': { subject: 'person', scalar: ResidentIdNumberScalar, open: false },
  'unified-social-credit-code': { subject: 'legal-person', scalar: UnifiedSocialCreditCodeScalar, open: true },
} as const satisfies Record<string, IdentifierKindDeclaration>;

export type IdentifierKind = keyof typeof identifierKinds;
