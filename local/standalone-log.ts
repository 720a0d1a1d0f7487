// What the runner itself has to say about a connector, in the lines that the connector's function writes.
import { ConnectlessError, messageOf } from '../src/errors';
import { type Log, rateLimited } from '../src/log';

export type OnLog = (line: string, connector: string) => void;

/** A failure that goes on is said twice a minute. */
const everyMs = 30_000;

/** Writes JSON lines of the logger's form; the same message rarely. */
export function connectorLog(connector: string, onLog: OnLog): Log {
  const write = (level: string) => (message: string, fields?: object) =>
    onLog(JSON.stringify({ level, message, timestamp: new Date().toISOString(), ...fields }), connector);
  const lines: Log = { debug: write('DEBUG'), info: write('INFO'), warn: write('WARN'), error: write('ERROR') };
  return rateLimited(lines, everyMs);
}

/** A failure, to be tried again: its own message, and for a fault in the code where it was thrown. What may pass is a warning. */
export function logFailure(log: Log, error: unknown, waitMs: number): void {
  if (error instanceof ConnectlessError && error.code === 'FUNCTION_STOPPED') return;
  const mayPass = error instanceof ConnectlessError && error.retryable && !error.code.startsWith('FUNCTION_');
  log[mayPass ? 'warn' : 'error'](messageOf(error), { againInMs: waitMs, ...whereThrown(error) });
}

function whereThrown(error: unknown): { errorType?: string; stackTrace?: string[] } {
  if (!(error instanceof ConnectlessError)) return {};
  const { errorType, stackTrace } = (error.cause ?? {}) as { errorType?: string; stackTrace?: string[] };
  return errorType === undefined || errorType === 'ConnectlessError' ? {} : { errorType, stackTrace: stackTrace ?? [] };
}
