// What the Data API answers when it refuses a call: a type of its model, HTTP's status and a sentence.

const STATUS: Readonly<Record<string, number>> = {
  AccessDeniedException: 403,
  ForbiddenException: 403,
  NotFoundException: 404,
  TransactionNotFoundException: 404,
  DatabaseNotFoundException: 404,
  ThrottlingException: 429,
  InternalServerErrorException: 500,
  ServiceUnavailableError: 503,
  DatabaseUnavailableException: 504,
};

export class Failure extends Error {
  readonly status: number;

  /** @param type a name of the service's model, such as `StatementTimeoutException` */
  constructor(
    readonly type: string,
    message: string,
  ) {
    super(message);
    this.status = STATUS[type] ?? 400;
  }
}

/** A paused database that has begun to resume. */
export function resuming(): Failure {
  return new Failure(
    'DatabaseResumingException',
    'The Aurora DB instance is resuming after being auto-paused. Please wait a few seconds and try again.',
  );
}

/** Position and SQLState as AWS words them; detail and hint are left out there, too. */
export function databaseFailure(error: unknown): Failure {
  const field = (name: string): unknown => (error instanceof Error ? Reflect.get(error, name) : undefined);
  const message = error instanceof Error ? error.message : String(error);
  const code = field('code');
  if (typeof code !== 'string' || !/^[0-9A-Z]{5}$/.test(code)) {
    return new Failure(
      'DatabaseUnavailableException',
      `The writer instance in the DB cluster isn't available: ${message}`,
    );
  }
  const position = field('position');
  const where = position === undefined ? '' : `; Position: ${position}`;
  return new Failure(
    'DatabaseErrorException',
    `${field('severity') ?? 'ERROR'}: ${message}${where}; SQLState: ${code}`,
  );
}
