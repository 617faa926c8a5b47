/**
 * A load maker that does not wait: so many requests a second are due, and each is sent when it is, whatever became of those before it. A time
 * is counted from when its request was due, so that a service that stalls is not asked less and made to look better.
 *
 * A process of its own, on sockets rather than through an HTTP client, for it must send several times what the service can answer.
 * Told by message `{ address, headers, bodies, rate, seconds, connections }`; rate 0: each connection asks anew as soon as it is answered.
 */
import { connect } from 'node:net';

process.on('message', (job) => {
  run(job).then(
    (figures) => process.send({ figures }),
    (error) => process.send({ failed: error.message }),
  );
});

const tickMs = 2;
/** Beyond the end of the load: what was sent is waited for. */
const patienceMs = 10_000;

async function run({ address, headers, bodies, rate, seconds, connections }) {
  const { hostname, port } = new URL(address);
  const requests = bodies.map((body) => requestOf(hostname, headers, body));
  const seen = { answered: [], shed: [], other: 0, lost: 0, unsent: 0, recordIds: 0 };
  const idle = [];
  let open = 0;
  let next = 0;
  let pending = 0;
  const end = performance.now() + seconds * 1000;

  const send = (socket, due) => {
    pending += 1;
    socket.due = due;
    socket.write(requests[next++ % requests.length]);
  };
  const done = (socket, status, keep) => {
    pending -= 1;
    const took = performance.now() - socket.due;
    const at = end - seconds * 1000;
    if (status === 200) seen.answered.push([socket.due - at, took]);
    else if (status === 503) seen.shed.push([socket.due - at, took]);
    else seen.other += 1;
    socket.due = null;
    if (!keep) return void socket.destroy();
    if (rate === 0 && performance.now() < end) send(socket, performance.now());
    else idle.push(socket);
  };
  const openSocket = (due) => {
    open += 1;
    const socket = connect(Number(port), hostname);
    socket.setNoDelay(true);
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      const head = text.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = Number(/^content-length: *(\d+)/im.exec(text.slice(0, head))?.[1] ?? 0);
      if (text.length < head + 4 + length) return;
      const status = Number(text.slice(9, 12));
      if (text.includes('"recordId":"', head)) seen.recordIds += 1;
      const keep = !/^connection: *close/im.test(text.slice(0, head));
      text = '';
      done(socket, status, keep);
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      open -= 1;
      const at = idle.indexOf(socket);
      if (at >= 0) idle.splice(at, 1);
      if (socket.due === null || socket.due === undefined) return;
      pending -= 1;
      seen.lost += 1;
    });
    send(socket, due);
  };

  if (rate === 0) for (let n = 0; n < connections; n += 1) openSocket(performance.now());
  const started = performance.now();
  let sent = 0;
  while (performance.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, tickMs));
    const due = Math.floor(((Math.min(performance.now(), end) - started) * rate) / 1000);
    for (; sent < due; sent += 1) {
      const when = started + (sent * 1000) / rate;
      const socket = idle.pop();
      if (socket) send(socket, when);
      else if (open < connections) openSocket(when);
      else seen.unsent += 1;
    }
  }
  const last = performance.now() + patienceMs;
  while (pending > 0 && performance.now() < last) await new Promise((resolve) => setTimeout(resolve, 20));
  for (const socket of idle) socket.destroy();
  return { ...seen, pending, seconds };
}

function requestOf(host, headers, body) {
  const lines = Object.entries({ host, ...headers, 'content-length': Buffer.byteLength(body) });
  return `POST /graphql HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}`).join('\r\n')}\r\n\r\n${body}`;
}
