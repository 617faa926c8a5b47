/**
 * The load maker, a process of its own: as many connections as it is told, kept alive, each with requests of its own one after another.
 * It tells by message when the measured time begins and ends, and then what it saw in between.
 */
import autocannon from 'autocannon';

process.on('message', (job) => run(job).catch((error) => process.send({ failed: error.message })));

function run({ url, headers, bodies, connections, warmUp, seconds }) {
  return new Promise((resolve, reject) => {
    const times = [];
    let measuring = false;
    let wrong = 0;
    let bytes = 0;
    let client = 0;
    let openedAt = 0;
    let cpuAtOpening;
    const each = Math.ceil(bodies.length / connections);
    const instance = autocannon(
      {
        ...{ url, connections, method: 'POST', headers, body: bodies[0], timeout: 30 },
        duration: warmUp + seconds + 30,
        setupClient(connection) {
          const at = (client * each) % bodies.length;
          client += 1;
          connection.setRequests(bodies.slice(at, at + each).map((body) => ({ method: 'POST', headers, body })));
        },
      },
      (error) => error && reject(error),
    );
    instance.on('response', (_client, status, size, milliseconds) => {
      if (!measuring) return;
      times.push(milliseconds);
      bytes += size;
      if (status !== 200) wrong += 1;
    });
    instance.on('reqError', (error) => reject(error));
    setTimeout(() => {
      process.send({ opened: true });
      openedAt = performance.now();
      cpuAtOpening = process.cpuUsage();
      measuring = true;
    }, warmUp * 1000);
    setTimeout(
      () => {
        measuring = false;
        const elapsed = (performance.now() - openedAt) / 1000;
        const { user, system } = process.cpuUsage(cpuAtOpening);
        process.send({ closed: true });
        instance.stop();
        times.sort((a, b) => a - b);
        const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? NaN;
        const figures = {
          ...{ requests: times.length, elapsed, wrong, bytes, p50: at(0.5), p99: at(0.99) },
          loadCpu: (user + system) / 1e6,
        };
        process.send({ figures });
        resolve();
      },
      (warmUp + seconds) * 1000,
    );
  });
}
