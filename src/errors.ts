// The one error class: a stable code, whether another attempt may succeed, and a message that names the cure.

interface ErrorOptions {
  /** Another attempt of the same work may succeed without anybody changing anything. @default false */
  readonly retryable?: boolean;
  readonly cause?: unknown;
}

/** Its message names what is wrong, where (file, line, or topic, partition, offset) and what to do; never a payload, never a secret. */
export class ConnectlessError extends Error {
  readonly retryable: boolean;

  constructor(
    readonly code: string,
    message: string,
    options: ErrorOptions = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'ConnectlessError';
    this.retryable = options.retryable ?? false;
  }
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
