import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parseMapping } from '../../src/collection/mapping.js';
import { small, surroundings } from './city.js';

const whole = {
  dataset: 'Firm',
  format: { type: 'csv' },
  key: 'creditCode',
  columns: { creditCode: { from: '代码', transforms: ['credit-code'] } },
};
/** JSON is YAML. */
const parse = (change: object) => parseMapping(JSON.stringify({ ...whole, ...change }), 'm.yml', small);
const columns = (more: object) => ({ columns: { ...whole.columns, ...more } });

describe('a mapping', () => {
  it('is read with its defaults', () => {
    const mapping = parse({ missing: ['N/A', ' - '] });
    expect(mapping).toMatchObject({
      dataset: 'Firm',
      format: { type: 'csv', encoding: 'utf-8', delimiter: ',', fieldNames: null },
      key: ['creditCode'],
      fields: ['代码'],
    });
    expect([...mapping.missing]).toEqual(['N/A', '-']);
    expect(mapping.columns[0]).toMatchObject({
      column: 'creditCode',
      required: true,
      invalid: 'reject',
      default: null,
    });
  });

  it('of registrations is valid', () => {
    const file = new URL('../../mappings/enterprise-registration.yml', import.meta.url);
    expect(parseMapping(readFileSync(file, 'utf8'), 'enterprise-registration.yml', surroundings).key).toEqual([
      'creditCode',
    ]);
  });

  it.each<[string, object, string]>([
    ['an unknown dataset', { dataset: 'Form' }, "dataset: expected the name of a dataset, got 'Form'"],
    [
      'an unknown entry',
      { colums: {} },
      "colums: expected one of the names dataset, format, key, missing, columns, got the name 'colums'",
    ],
    ['no key', { key: undefined }, 'key: expected the columns that name a row, got nothing'],
    ['an empty key', { key: [] }, 'key: expected the columns that name a row, got an empty list'],
    ['a key that is not mapped', { key: ['name'] }, "key: expected columns mapped below (creditCode), got 'name'"],
    ['no columns', { columns: {} }, 'columns: expected at least one column, got names with values'],
    [
      'an unknown column',
      columns({ nmae: { from: 'x' } }),
      "columns.nmae: expected a column of Firm (creditCode, name, establishedOn, division), got 'nmae'",
    ],
    [
      'a required column left out',
      { key: 'name', columns: { name: { from: 'x' } } },
      'columns: expected the required column creditCode of Firm, got no entry for it',
    ],
    [
      'an unknown transform',
      columns({ name: { from: 'x', transforms: ['trimm'] } }),
      'columns.name.transforms[0]: expected a transform (trim, collapse-blanks,',
    ],
    [
      'an unknown argument',
      columns({ name: { from: 'x', transforms: [{ date: { format: 'iso' } }] } }),
      'columns.name.transforms[0].date.format: expected one of the names forms,',
    ],
    [
      'a missing argument',
      columns({ name: { from: 'x', transforms: ['money'] } }),
      'columns.name.transforms[0].money.as: expected one of amount, currency, got nothing',
    ],
    [
      'a bad date limit',
      columns({ name: { from: 'x', transforms: [{ date: { earliest: '2009-02-30' } }] } }),
      "date.earliest: expected a date YYYY-MM-DD, got '2009-02-30'",
    ],
    [
      'a transform behind one that yields no text',
      columns({ name: { from: 'x', transforms: ['integer', 'trim'] } }),
      "transforms[0]: expected a transform that yields a text, since another follows, got 'integer'",
    ],
    [
      'two transforms in one',
      columns({ name: { from: 'x', transforms: [{ trim: null, date: null }] } }),
      'transforms[0]: expected one transform with its arguments, got 2',
    ],
    [
      'a column without a source',
      columns({ name: { required: true } }),
      'columns.name: expected from, first or default, got none of them',
    ],
    [
      'a source beside first',
      columns({ name: { from: 'x', first: [{ from: 'y' }] } }),
      "columns.name.from: expected nothing beside first, got 'x'",
    ],
    [
      'an alternative without a source',
      columns({ name: { first: [{ transforms: ['trim'] }] } }),
      'columns.name.first[0].from: expected a field of the source, or a list of fields, got nothing',
    ],
    ['no format', { format: undefined }, 'format.type: expected one of csv, jsonl, got nothing'],
    [
      'another encoding',
      { format: { type: 'csv', encoding: 'latin1' } },
      "format.encoding: expected one of utf-8, gb18030, gbk, utf-16le, got 'latin1'",
    ],
    [
      'a long delimiter',
      { format: { type: 'csv', delimiter: '||' } },
      "format.delimiter: expected one character, no quotation mark and no line end, got '||'",
    ],
    [
      'a header for JSON lines',
      { format: { type: 'jsonl', header: true } },
      'format.header: expected nothing, for format jsonl has none, got boolean true',
    ],
    [
      'declared names without a field',
      { format: { type: 'csv', header: ['x'] } },
      "format.header: expected every field that a column reads, '代码' too, got a list without it",
    ],
  ])('with %s is refused', (_name, change, message) => {
    let fault: unknown;
    try {
      parse(change);
    } catch (error) {
      fault = error;
    }
    expect(fault).toMatchObject({ code: 'MAPPING_INVALID' });
    expect((fault as Error).message).toContain('m.yml: ');
    expect((fault as Error).message).toContain(message);
  });

  it.each([['a: [1'], ['a: 1\na: 2'], ['a: &x [*x]\nb: *y']])('that is no YAML is refused: %j', (text) => {
    expect(() => parseMapping(text, 'm.yml', small)).toThrow(expect.objectContaining({ code: 'MAPPING_INVALID' }));
  });
});
