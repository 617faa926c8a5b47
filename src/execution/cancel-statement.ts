/**
 * Asks PostgreSQL to stop what a connection is running: the protocol's CancelRequest, on a connection of its own. It takes no privilege and
 * no place in a pool, which may all be taken by what is to be stopped.
 *
 * It comes to the session and not to the statement: whoever calls this must not use the connection for another afterwards.
 */
import { connect, type Socket } from 'node:net';
import type { PoolClient } from 'pg';

/** What pg knows of a connection, beside its types. */
interface Session {
  readonly host: string;
  readonly port: number;
  readonly processID: number | null;
  readonly secretKey: number | null;
}

const cancelRequestCode = 80_877_102;
const patienceMs = 2_000;

/** @throws where the server can't be reached; the statement then ends by its timeout */
export async function cancelStatement(client: PoolClient): Promise<void> {
  const { host, port, processID, secretKey } = client as unknown as Session;
  if (processID === null || secretKey === null) return;
  const packet = Buffer.alloc(16);
  packet.writeInt32BE(16, 0);
  packet.writeInt32BE(cancelRequestCode, 4);
  packet.writeInt32BE(processID, 8);
  packet.writeInt32BE(secretKey, 12);
  await send(host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host), packet);
}

/** The server answers nothing; it closes the connection once it has passed the request on. */
function send(socket: Socket, packet: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.setTimeout(patienceMs, () => socket.destroy(new Error('the server did not take the request to cancel')));
    socket.on('error', reject);
    socket.on('close', () => resolve());
    socket.on('data', () => undefined);
    socket.end(packet);
  });
}
