// The one logger: JSON lines on stdout as on Lambda, and a variant that repeats itself only now and then.
import { Logger } from '@aws-lambda-powertools/logger';

/** Values that vary go into the fields, so that the message stays the same and can be searched for and rate-limited. */
type Fields = Readonly<Record<string, unknown>>;
type Write = (message: string, fields?: Fields) => void;
export type Log = Readonly<Record<'debug' | 'info' | 'warn' | 'error', Write>>;

const powertools = new Logger({ serviceName: 'connectless' });

/** `logger.error(message, { error })` writes name, message, stack and cause of the error. Level: `POWERTOOLS_LOG_LEVEL`. */
export const logger: Log = {
  debug: (message, fields = {}) => powertools.debug(message, fields),
  info: (message, fields = {}) => powertools.info(message, fields),
  warn: (message, fields = {}) => powertools.warn(message, fields),
  error: (message, fields = {}) => powertools.error(message, fields),
};

/** The same log, but each message at most once in `everyMs`; the next one says how many were left out, as `suppressed`. */
export function rateLimited(log: Log, everyMs: number, now: () => number = Date.now): Log {
  const last = new Map<string, { at: number; suppressed: number }>();
  const limited =
    (level: keyof Log): Write =>
    (message, fields = {}) => {
      const at = now();
      const before = last.get(message);
      if (before !== undefined && at - before.at < everyMs) {
        before.suppressed += 1;
        return;
      }
      last.set(message, { at, suppressed: 0 });
      log[level](message, before?.suppressed ? { ...fields, suppressed: before.suppressed } : fields);
    };
  return { debug: limited('debug'), info: limited('info'), warn: limited('warn'), error: limited('error') };
}
