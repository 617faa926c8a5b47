import { createServer } from 'node:net';

/** A loopback port that nobody listened on a moment ago; whoever binds it must be ready to be told that it is taken. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        if (address === null || typeof address === 'string')
          reject(new Error('expected an IP address and port of the probe'));
        else resolve(address.port);
      });
    });
  });
}
