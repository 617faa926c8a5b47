import { describe, expect, it } from '@jest/globals';
import { type ReadItem, readRecords } from '../../src/collection/read-records.js';
import type { RecordFormat } from '../../src/collection/mapping.js';

const csv: RecordFormat = { type: 'csv', encoding: 'utf-8', delimiter: ',', fieldNames: null };
const jsonl: RecordFormat = { type: 'jsonl', encoding: 'utf-8', delimiter: '', fieldNames: null };

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

function tell(item: ReadItem): string {
  if ('broken' in item) return `${item.line} !${item.broken.reason}`;
  return `${item.line} ${[...item.record.values()].map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join('|')}`;
}

async function read(
  content: string | Uint8Array,
  format: RecordFormat = csv,
  size = 7,
  fields = ['a', 'b'],
): Promise<string[]> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const told: string[] = [];
  for await (const item of readRecords(inPieces(bytes, size), { format, fields }, 'f')) told.push(tell(item));
  return told;
}

describe('CSV', () => {
  it.each<[string, string, string[]]>([
    ['plain lines', 'a,b\n1,2\n3,4\n', ['2 1|2', '3 3|4']],
    ['a last line without an end', 'a,b\n1,2', ['2 1|2']],
    ['a byte order mark and CRLF', '\uFEFFa,b\r\n1,2\r\n', ['2 1|2']],
    ['CR alone', 'a,b\r1,2\r3,4', ['2 1|2', '3 3|4']],
    ['quoted delimiters, marks and line ends', 'a,b\n"1,""x""","2\n3"\n4,5\n', ['2 1,"x"|2\n3', '4 4|5']],
    ['quoted fields beside bare marks', 'a,b\n5"x,"2 ""y"", z"\n', ['2 5"x|2 "y", z']],
    ['a quoted field of fifty lines', `a,b\n1,"${'x\r\n'.repeat(49)}"\n3,4\n`, [`2 1|${'x\r\n'.repeat(49)}`, '52 3|4']],
    ['empty lines', 'a,b\n\n1,2\n\n\n3,4', ['3 1|2', '6 3|4']],
    ['empty fields', 'a,b\n,\n1,\n', ['2 |', '3 1|']],
    ['a mark inside an unquoted field', 'a,b\n5"x,2\n', ['2 5"x|2']],
    ['spare empty fields', 'a,b\n1,2,,\n', ['2 1|2']],
    ['columns nobody asks for', 'x,a,b\n0,1,2\n', ['2 0|1|2']],
    ['a header alone', 'a,b\n', []],
  ])('reads %s', async (_name, content, expected) => {
    for (const size of [1, 2, 3, 1000]) expect(await read(content, csv, size)).toEqual(expected);
  });

  it.each<[string, string, string[]]>([
    ['too few fields', 'a,b\n1\n3,4\n', ['2 !field-count', '3 3|4']],
    ['too many fields', 'a,b\n1,2,3\n3,4\n', ['2 !field-count', '3 3|4']],
    ['text behind a closing mark', 'a,b\n1,"2"x\n3,4\n5,6\n', ['2 !quote-misplaced', '3 3|4', '4 5|6']],
    ['a mark that is never closed', 'a,b\n1,"2\n3,4\n5,6\n', ['2 !quote-not-closed', '3 3|4', '4 5|6']],
    [
      'a mark that is never closed in a line with bare marks',
      'a,b\n5"x,"2\n3,4\n5,6\n',
      ['2 !quote-not-closed', '3 3|4', '4 5|6'],
    ],
    ['text behind a closing mark in a line with bare marks', 'a,b\n5"x,"2"y\n3,4\n', ['2 !quote-misplaced', '3 3|4']],
    [
      'many broken lines in a row',
      `a,b\n${'1,"2\n3,4\n'.repeat(40)}`,
      Array.from({ length: 80 }, (_, n) =>
        n % 2 === 0 ? `${n + 2} !quote-${n < 78 ? 'misplaced' : 'not-closed'}` : `${n + 2} 3|4`,
      ),
    ],
    [
      'a mark that a later record seems to close',
      'a,b\n1,"2\n3,"x,y"\n5,6\n',
      ['2 !quote-misplaced', '3 3|x,y', '4 5|6'],
    ],
  ])('goes on behind %s', async (_name, content, expected) => {
    for (const size of [1, 2, 1000]) expect(await read(content, csv, size)).toEqual(expected);
  });

  it('refuses the row alone that holds what cannot be decoded', async () => {
    const bytes = new TextEncoder()
      .encode(`a,b\n1,?\n${'7,8\n'.repeat(100)}`)
      .map((byte) => (byte === 0x3f ? 0xff : byte));
    expect((await read(bytes, csv, 1000)).slice(0, 2)).toEqual(['2 !not-decodable', '3 7|8']);
  });

  it.each<[string, string]>([
    ['more than fifty lines', 'x\n'.repeat(60)],
    ['more than 64 KB', `${'x'.repeat(1000)}\n`.repeat(70)],
  ])('gives up a quoted field that stays open for %s', async (_name, inside) => {
    const told = await read(`a,b\n1,"${inside}"\n3,4\n`, csv, 65_536);
    expect([told[0], told.at(-1)]).toEqual(['2 !quote-not-closed', `${3 + inside.split('\n').length - 1} 3|4`]);
  });

  it('gives up a line of more than a megabyte and nothing else', async () => {
    expect(await read(`a,b\n1,${'x'.repeat(3_000_000)}\n3,4\n`, csv, 65_536)).toEqual(['2 !record-too-large', '3 3|4']);
  });

  it('gives up a quoted field that runs on for a megabyte, at its first line', async () => {
    const rows = Array.from({ length: 120_000 }, (_, index) => `${index},12345678`).join('\n');
    const told = await read(`a,b\n1,"2\n${rows}\n`, csv, 65_536);
    expect(told.slice(0, 2)).toEqual(['2 !quote-not-closed', '3 0|12345678']);
    expect(told).toHaveLength(120_001);
  });

  it('reads another delimiter, declared names and GB 18030', async () => {
    expect(await read('1;2\n', { ...csv, delimiter: ';', fieldNames: ['a', 'b'] })).toEqual(['1 1|2']);
    const gbk = Uint8Array.from([0x61, 0x2c, 0x62, 0x0a, 0xd6, 0xd0, 0xce, 0xc4, 0x2c, 0x32, 0x0a]);
    expect(await read(gbk, { ...csv, encoding: 'gb18030' })).toEqual(['2 中文|2']);
  });

  it.each<[string, string | Uint8Array, RegExp]>([
    ['without a field', 'a,c\n1,2\n', /^f: expected the fields a, b, got a header of 2 field\(s\) without b$/],
    ['with a field twice', 'a,b,b\n', /^f: expected the field b once, got it twice$/],
    ['that is empty', '', /^f: expected a header line, got an empty file$/],
    [
      'that is a workbook',
      Uint8Array.from([0x50, 0x4b, 0x03, 0x04, 0, 0]),
      /^f: expected a text file, got an Excel workbook/,
    ],
    [
      'in another encoding',
      Uint8Array.from([0xd6, 0xd0, 0xce, 0xc4, 0x2c, 0x0a]),
      /^f: expected text in utf-8, got bytes that are not/,
    ],
    ['that is binary', Uint8Array.from([0x61, 0, 0x62, 0, 0]), /^f: expected text in utf-8/],
  ])('refuses a file %s', async (_name, content, message) => {
    await expect(read(content, csv, 1000)).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message: expect.stringMatching(message),
    });
  });

  it('shows nothing of a file that has no header', async () => {
    const fault = await read('甲,34052419800101001X\n', csv, 1000).catch((error: Error) => error);
    expect(JSON.stringify({ ...(fault as Error), message: (fault as Error).message })).not.toMatch(/3405|甲/);
  });
});

describe('JSON lines', () => {
  it.each<[string, string, string[]]>([
    ['objects', '{"a":"1","b":null}\n{"a":true,"b":"x"}', ['1 1|null', '2 true|x']],
    ['numbers with every digit', '{"a":12345678901234567890.10,"b":1e3}\n', ['1 12345678901234567890.10|1e3']],
    ['empty lines and CRLF', '{"a":"1"}\r\n\r\n{"a":"2"}\r\n', ['1 1', '3 2']],
    [
      'broken lines',
      '{"a":"1"}\n{"a":\n[1]\n"x"\n{"a":"2"}',
      ['1 1', '2 !not-json', '3 !not-an-object', '4 !not-an-object', '5 2'],
    ],
    ['lists and objects inside', '{"a":["1"],"b":{"c":1}}', ['1 ["1"]|{"c":"1"}']],
    [
      'NUL and half surrogates',
      '{"a":"\\u0000"}\n{"a":"\\ud800"}\n{"a":"\\ud842\\udfb7"}',
      ['1 !not-decodable', '2 !not-decodable', '3 𠮷'],
    ],
  ])('reads %s', async (_name, content, expected) => {
    for (const size of [1, 5, 1000]) expect(await read(content, jsonl, size)).toEqual(expected);
  });

  it('refuses objects with none of the fields', async () => {
    await expect(read('{"x":1}', jsonl)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  it('passes over a line of several megabytes', async () => {
    expect(await read(`{"a":"1"}\n{"a":"${'x'.repeat(3_000_000)}"}\n{"a":"2"}`, jsonl, 65_536)).toEqual([
      '1 1',
      '2 !record-too-large',
      '3 2',
    ]);
  });
});

it('asks for more only when a record was taken', async () => {
  let given = 0;
  const source = (async function* () {
    for (; given < 1000; given++) yield new TextEncoder().encode(given === 0 ? 'a,b\n' : '1,2\n');
  })();
  const items = readRecords(source, { format: csv, fields: ['a', 'b'] }, 'f');
  await items.next();
  await items.next();
  expect(given).toBeLessThan(5);
  await items.return(undefined);
});
