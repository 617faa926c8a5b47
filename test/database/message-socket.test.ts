import { afterEach, describe, expect, test } from '@jest/globals';
import { createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { openMessageSocket } from '../../src/database/message-socket.js';

/** A message as PostgreSQL writes it: type, length of the rest, content. */
function message(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(type, 'latin1');
  head.writeUInt32BE(content.length + 4, 1);
  return Buffer.concat([head, content]);
}

function messagesIn(bytes: Buffer): string[] {
  const found: string[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = at + 1 + bytes.readUInt32BE(at + 1);
    // A part of a message would say here that it is longer than what there is.
    expect(end).toBeLessThanOrEqual(bytes.length);
    found.push(`${bytes.toString('latin1', at, at + 1)} ${bytes.toString('utf8', at + 5, end)}`);
    at = end;
  }
  return found;
}

describe('a socket to PostgreSQL', () => {
  const open: (Server | Socket)[] = [];
  afterEach(() => {
    for (const it of open.splice(0))
      if ('close' in it) it.close();
      else it.destroy();
  });

  async function connectTo(
    write: (peer: Socket) => void | Promise<void>,
  ): Promise<ReturnType<typeof openMessageSocket>> {
    const server = createServer((peer) => {
      open.push(peer);
      void write(peer);
    }).listen(0, '127.0.0.1');
    open.push(server);
    await once(server, 'listening');
    const socket = openMessageSocket();
    open.push(socket);
    socket.connect((server.address() as { port: number }).port, '127.0.0.1');
    return socket;
  }

  test('hands over whole messages, however they are cut on the way, of any length, in their order', async () => {
    const contents = ['', '甲', 'x'.repeat(200_000), 'y', '乙'.repeat(1_000_000), 'z'.repeat(131_067), 'end'];
    const wire = Buffer.concat(contents.map((text) => message('N', Buffer.from(text))));
    const socket = await connectTo(async (peer) => {
      for (let at = 0, step = 1; at < wire.length; at += step, step = (step * 7) % 65_537) {
        peer.write(wire.subarray(at, at + step));
        if (step < 100) await new Promise((resolve) => setImmediate(resolve));
      }
    });
    const found: string[] = [];
    socket.on('data', (bytes: Buffer) => found.push(...messagesIn(bytes)));
    while (found.length < contents.length) await once(socket, 'data');
    expect(found).toEqual(contents.map((text) => `N ${text}`));
  });

  test('keeps the rows that were not described, as bytes, until the end of their statement is handed over', async () => {
    const row = (...fields: (string | null)[]): Buffer => {
      const parts = fields.map((field) => {
        const bytes = Buffer.from(field ?? '');
        const length = Buffer.alloc(4);
        length.writeInt32BE(field === null ? -1 : bytes.length);
        return Buffer.concat([length, bytes]);
      });
      const count = Buffer.alloc(2);
      count.writeInt16BE(fields.length);
      return message('D', Buffer.concat([count, ...parts]));
    };
    const end = [message('C', Buffer.from('SELECT')), message('Z', Buffer.from('I'))];
    const wire = Buffer.concat([
      ...[message('2', Buffer.alloc(0)), row('甲', null, ''), row('é'.repeat(100_000), '1', 'x'), ...end],
      ...[message('2', Buffer.alloc(0)), row('half'), message('E', Buffer.alloc(0)), message('Z', Buffer.from('E'))],
      ...[message('2', Buffer.alloc(0)), message('T', Buffer.from('a')), row('handed'), ...end],
      ...[...end, row('last', '', null), ...end],
    ]);
    const socket = await connectTo((peer) => {
      for (let at = 0; at < wire.length; at += 5_000) peer.write(wire.subarray(at, at + 5_000));
    });
    const statements: { types: string; rows: unknown }[] = [];
    let types = '';
    let ended = (): void => undefined;
    const all = new Promise<void>((resolve) => (ended = resolve));
    socket.on('data', (bytes: Buffer) => {
      for (const [type] of messagesIn(bytes)) {
        types += type;
        if (type !== 'Z') continue;
        const rows = socket.takeRows!().map((fields) =>
          fields.map((field) => (field === null ? null : Buffer.from(field, 'latin1').toString())),
        );
        statements.push({ types, rows });
        types = '';
        if (statements.length === 5) ended();
      }
    });
    await all;
    expect(statements).toEqual([
      {
        types: '2CZ',
        rows: [
          ['甲', null, ''],
          ['é'.repeat(100_000), '1', 'x'],
        ],
      },
      { types: '2EZ', rows: [] },
      { types: '2TDCZ', rows: [] },
      { types: 'CZ', rows: [] },
      { types: 'CZ', rows: [['last', '', null]] },
    ]);
  });

  test('ends when its peer does, and drops what was only half said', async () => {
    const socket = await connectTo((peer) => {
      peer.end(Buffer.concat([message('Z', Buffer.from('I')), message('D', Buffer.from('lost')).subarray(0, 6)]));
    });
    const found: string[] = [];
    socket.on('data', (bytes: Buffer) => found.push(...messagesIn(bytes)));
    await once(socket, 'end');
    expect(found).toEqual(['Z I']);
  });

  test('is a plain one where the connection is encrypted, for TLS reads it its own way', () => {
    const socket = openMessageSocket({ ssl: true });
    open.push(socket);
    expect(socket.listenerCount('data')).toBe(0);
    expect(() => socket.push(Buffer.from('S'))).not.toThrow();
    expect((socket.read() as Buffer).toString()).toBe('S');
  });
});
