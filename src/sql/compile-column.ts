/** A column's value in the form that the finished JSON has it in. */
import { sql } from 'kysely';
import type { JsonForm } from '../model/value-type.js';
import type { Fragment } from './fragments.js';

export function compileColumn(column: Fragment, json: JsonForm): Fragment {
  if (json === 'text') return sql`${column}::text`;
  if (json === 'moment') return sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
  return column;
}
