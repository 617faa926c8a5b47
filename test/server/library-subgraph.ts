/** A second subgraph, of the city's public library, by the protocol alone: readers, who they are, and what it knows of enterprises and places. */
import { buildSchema, execute, type ExecutionResult, type GraphQLSchema, parse } from 'graphql';

export const librarySdl = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])
  scalar ResidentIdNumber
  scalar UnifiedSocialCreditCode
  type Query { loans: [Loan!]! }
  type Loan @key(fields: "number") { number: ID! title: String! reader: Person partner: LegalPerson branch: Division }
  type Person @key(fields: "idNumber") { idNumber: ResidentIdNumber loanCount: Int }
  type LegalPerson @key(fields: "creditCode") { creditCode: UnifiedSocialCreditCode readingRooms: Int }
  type Division @key(fields: "code") { code: String branches: Int }
`;

interface Known {
  readonly reader: string;
  readonly partner: string;
  readonly branch: string;
}

type Reference = Readonly<Record<string, unknown>>;

/** Answers like the executor of a gateway asks: a document with variables. */
export function openLibrarySubgraph({ reader, partner, branch }: Known) {
  const schema: GraphQLSchema = buildSchema(
    `${librarySdl.replace(/extend schema.*\n/, '').replace(/@key\(.*?\)/g, '')}
     scalar _Any union _Entity = Loan | Person | LegalPerson | Division
     extend type Query { _entities(representations: [_Any!]!): [_Entity]! }`,
  );
  const own: Readonly<Record<string, Reference>> = {
    Person: { loanCount: 3 },
    LegalPerson: { readingRooms: 2 },
    Division: { branches: 5 },
  };
  const loan = {
    ...{ __typename: 'Loan', number: '1', title: '额吉的白云' },
    reader: { __typename: 'Person', idNumber: reader, ...own['Person'] },
    partner: { __typename: 'LegalPerson', creditCode: partner, ...own['LegalPerson'] },
    branch: { __typename: 'Division', code: branch, ...own['Division'] },
  };
  const rootValue = {
    loans: () => [loan],
    _entities: ({ representations }: { representations: readonly Reference[] }) =>
      representations.map((it) => ({ ...it, ...own[String(it['__typename'])] })),
  };
  return (document: string, variables: Readonly<Record<string, unknown>>): Promise<ExecutionResult> =>
    Promise.resolve(execute({ schema, document: parse(document), rootValue, variableValues: variables }));
}
