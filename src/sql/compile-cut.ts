/** What stands in a text where a part of it is read elsewhere: a mark that no stored text can imitate, the slot, and the key to ask by. */
import { sql } from 'kysely';
import { type Fragment, sealMark } from './fragments.js';

/** @param text whether the key is a text, which goes in hex, and not a number */
export function compileCut(slot: number, key: Fragment, text: boolean): Fragment {
  const written = text ? sql`encode(convert_to(${key}::text, 'UTF8'), 'hex')` : sql`${key}::text`;
  return sql`${sealMark()} || ${sql.lit(`p:${slot}:`)} || coalesce('v' || ${written}, 'n') || ';'`;
}
