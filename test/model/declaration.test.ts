/** Unclassified does not start, and a contradiction does not either. */
import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { LibraryRow } from '../../src/model/declaration.js';
import { Column, Dataset, Link, Place, SubjectKey } from '../../src/model/dataset.js';
import type { DatasetOptions } from '../../src/model/dataset-options.js';
import { date, text } from '../../src/model/value-type.js';

const options: DatasetOptions = {
  library: 'test',
  table: 'sample',
  list: 'samples',
  zh: '样例',
  en: 'Sample',
  provider: '150600-data',
  resource: '3/06/99/001/000001',
  existence: 'L1',
  sharing: 'unconditional',
  open: 'open',
  category: 'general',
  key: ['name'],
};

/** Declares a dataset of one column, `name`, and whatever else is decorated. */
function declare(
  column: Partial<Parameters<typeof Column>[0]>,
  dataset: Partial<DatasetOptions> = {},
  more?: (prototype: object) => void,
): void {
  class Sample extends LibraryRow {}
  Column({ type: text(10), level: 'L1', zh: '名称', en: 'Name', ...column })(Sample.prototype, 'name');
  more?.(Sample.prototype);
  Dataset({ ...options, ...dataset })(Sample);
}

describe('a declaration', () => {
  test('without a level does not compile', () => {
    // @ts-expect-error a column says its level
    Column({ type: text(10), zh: '名称', en: 'Name' });
    // @ts-expect-error a relation to a portrait says its level
    SubjectKey({ kind: 'person', zh: '本人', en: 'Person' });
    // @ts-expect-error a dataset says how sensitive it is that a row exists
    Dataset({ ...options, existence: undefined });
  });

  test.each([
    ['whose level is lost on the way', { level: undefined }, {}, 'level must be one of'],
    ['that is open above L1', { level: 'L2', open: 'open' }, {}, 'an open field is of level L1'],
    [
      'that is open and shared on conditions',
      { sharing: 'conditional' },
      {},
      'an open field is shared unconditionally',
    ],
    ['that is open and important', {}, { category: 'important' }, 'important and core data is not open'],
    ['without a Chinese name', { zh: '' }, {}, 'needs zh and en'],
    ['whose key names no field', {}, { key: ['number'] }, 'its key names number'],
    ['whose publication ends by no date', {}, { publishedUntil: 'name' }, 'publishedUntil names a date column'],
  ] as const)('%s does not start', (_what, column, dataset, message) => {
    expect(() => declare(column as never, dataset as never)).toThrow(message);
  });

  test('with two places does not start', () => {
    const place = (prototype: object): void => {
      Place({ level: 'L1', zh: '所在', en: 'Place' })(prototype, 'division');
      SubjectKey({
        kind: 'person',
        level: 'L1',
        zh: '本人',
        en: 'Person',
        division: { level: 'L1', zh: '居住', en: 'Residence' },
      })(prototype, 'person');
    };
    expect(() => declare({}, {}, place)).toThrow('declared twice');
  });

  test('whose subject has no place does not start', () => {
    const subject = (prototype: object): void =>
      SubjectKey({ kind: 'person', level: 'L1', zh: '本人', en: 'Person' })(prototype, 'person');
    expect(() => declare({}, {}, subject)).toThrow("just one subject key carries the row's division");
  });

  test('whose rows a link leads back to is found by the column of that link', () => {
    class Station extends LibraryRow {}
    Column({ type: text(10), level: 'L1', zh: '编号', en: 'Number', required: true })(Station.prototype, 'number');
    Dataset({ ...options, table: 'station', list: 'stations', key: ['number'] })(Station);
    const toStation = (prototype: object): void =>
      Link({
        ...{ of: () => Station, own: 'name', target: 'number', zh: '站', en: 'Station' },
        inverse: { name: 'readings', zh: '读数', en: 'Readings' },
      })(prototype, 'station');
    expect(() => declare({ find: false }, {}, toStation)).toThrow('it must be one to find by');
    expect(() => declare({ find: true }, {}, toStation)).not.toThrow();
  });

  test('that is sound starts, and a sensitive column of an open dataset is not open', () => {
    expect(() =>
      declare({ level: 'L3', sharing: 'conditional' }, { publishedUntil: 'until' }, (prototype) =>
        Column({ type: date, level: 'L1', zh: '公示止', en: 'Published until' })(prototype, 'until'),
      ),
    ).not.toThrow();
  });
});
