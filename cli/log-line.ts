// A line of a connector's log, as a person reads it on a terminal or a program from a pipe.

interface Entry {
  readonly level: string;
  readonly message: string;
  readonly timestamp: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Of every line the same, so they say nothing. */
const constant = ['service', 'sampling_rate'];

/** `17:13:30.502 INFO  prices-source  message  field=value`; what is long follows on lines of its own. */
export function terminalLine(line: string, connector: string): string {
  const { level, message, timestamp, fields } = entryOf(line);
  const { error, stackTrace, ...rest } = fields;
  const short = Object.entries(rest).map(([name, value]) => `  ${name}=${textOf(value)}`);
  const below = [...errorLines(error), ...stackLines(stackTrace)].map((text) => `\n    ${text}`);
  return `${timestamp.slice(11, 23)} ${level.padEnd(5)} ${connector}  ${message}${short.join('')}${below.join('')}`;
}

/** The entry with the name of its connector; a line that is none becomes one. */
export function jsonLine(line: string, connector: string): string {
  const { fields, ...entry } = entryOf(line);
  return JSON.stringify({ ...entry, connector, ...fields });
}

function entryOf(line: string, now = new Date()): Entry {
  const parsed = jsonObject(line);
  if (parsed?._aws !== undefined) return measured(parsed, now);
  if (parsed === undefined || typeof parsed.message !== 'string') {
    return { level: 'INFO', message: line, timestamp: now.toISOString(), fields: {} };
  }
  const { level, message, timestamp, ...fields } = parsed;
  for (const name of constant) delete fields[name];
  return { level: String(level ?? 'INFO'), message, timestamp: String(timestamp ?? now.toISOString()), fields };
}

/** A line in CloudWatch's embedded metric format. */
function measured({ _aws, connector: _, ...values }: Record<string, unknown>, now: Date): Entry {
  const { Timestamp } = (_aws ?? {}) as { Timestamp?: number };
  return { level: 'INFO', message: 'Measured', timestamp: new Date(Timestamp ?? now).toISOString(), fields: values };
}

function jsonObject(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** The message of an error that was logged, and of each cause; its stack when it is no error of ours, but a fault. */
function errorLines(error: unknown): string[] {
  if (typeof error !== 'object' || error === null) return error === undefined ? [] : [textOf(error)];
  const { name, message, stack, cause } = error as Record<string, unknown>;
  const own = name === 'ConnectlessError' || typeof stack !== 'string' ? [textOf(message)] : stack.split('\n');
  return [...own, ...errorLines(cause).map((line) => `caused by: ${line}`)];
}

function stackLines(stackTrace: unknown): string[] {
  return Array.isArray(stackTrace) ? stackTrace.map((line) => String(line).trim()) : [];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
