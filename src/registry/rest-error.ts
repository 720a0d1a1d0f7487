// The errors of Confluent's REST API: its codes, its wording.

/** `code` is the error_code; its first three digits are the HTTP status. */
export class RestError extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
    this.name = 'RestError';
  }

  get status(): number {
    return Number(String(this.code).slice(0, 3));
  }
}

export const subjectNotFound = (subject: string) => new RestError(40401, `Subject '${subject}' not found.`);
export const versionNotFound = (version: number) => new RestError(40402, `Version ${version} not found.`);
export const schemaNotFound = (id?: number) =>
  new RestError(40403, id === undefined ? 'Schema not found' : `Schema ${id} not found`);
/** The code since Confluent 8.1.2. */
export const incompatible = (message: string) => new RestError(40901, message);
export const levelNotConfigured = (subject: string) =>
  new RestError(40408, `Subject '${subject}' does not have subject-level compatibility configured`);
export const modeNotConfigured = (subject: string) =>
  new RestError(40409, `Subject '${subject}' does not have subject-level mode configured`);
export const invalidSchema = (message: string) => new RestError(42201, message);
export const invalidVersion = (version: string) =>
  new RestError(
    42202,
    `The specified version '${version}' is not a valid version id. Allowed values are between [1, 2^31-1] and the string "latest"`,
  );
export const invalidLevel = () =>
  new RestError(
    42203,
    'Invalid compatibility level. Valid values are none, backward, forward, full, backward_transitive, forward_transitive, and full_transitive',
  );
export const notPermitted = (message: string) => new RestError(42205, message);
export const invalidSubject = (subject: string) =>
  new RestError(42208, `The specified subject '${subject}' is not a valid subject`);
export const storeFailed = (message: string) => new RestError(50001, message);
/** Errors without a code of their own: the HTTP status and its reason. */
export const httpError = (status: number, reason: string) => new RestError(status, `HTTP ${status} ${reason}`);
