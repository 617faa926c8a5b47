/** Enterprises by name, page by page: `npm run example -- enterprises 煤`. Open data: any consumer may, the public too. */
import { EnterprisesDocument, type EnterprisesQuery } from '../generated/operations.js';
import { type Answer, ask, readCredentials } from './graphql-client.js';

const { consumers } = readCredentials();
const word = process.argv[2] ?? '煤炭';
const token = consumers['dashboard']!.token;

let after: string | null | undefined = null;
do {
  const { data }: Answer<EnterprisesQuery> = await ask(
    EnterprisesDocument,
    { filter: { name: { contains: word } }, after },
    token,
  );
  for (const { registration, officers } of data?.enterprises?.nodes ?? []) {
    console.log(
      `${registration?.creditCode ?? ''}  ${registration?.name ?? ''}  ${registration?.registeredCapital ?? ''}  ${officers?.nodes?.[0]?.name ?? ''}`,
    );
  }
  const page: { hasNextPage: boolean | null; endCursor: string | null } | null | undefined =
    data?.enterprises?.pageInfo;
  after = page?.hasNextPage ? page.endCursor : null;
} while (after);
