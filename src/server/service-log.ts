/** The service's own log, for its operators: never a value of the pool, an identifier or a token. */
import { type Logger, pino } from 'pino';
import type { Config } from '../config.js';

export type ServiceLog = Logger;

export function createServiceLog(level: Config['logLevel'], node: string): ServiceLog {
  return pino({
    level,
    base: { node },
    serializers: {
      // A database error's detail repeats values; code and place are enough to find it.
      err: (error: Error & { code?: string; cause?: Error & { code?: string } }) => ({
        type: error.name,
        code: error.code,
        message: error.message,
        cause: error.cause && {
          type: error.cause.name,
          code: error.cause.code,
          stack: error.cause.stack?.split('\n').slice(1, 6).join('\n'),
        },
      }),
    },
  });
}
