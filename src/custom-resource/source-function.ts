// Asks a deployed source what stands in its way: the invocation of its function, and what came of it.
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ConnectlessError, messageOf } from '../errors';
import { PREFLIGHT_EVENT } from '../names';

/** What the function answers to PREFLIGHT_EVENT, as JSON says it. */
export type AskSource = (functionName: string) => Promise<unknown>;

/** Throws the errors of `invocationError`, and SOURCE_FAILED with the function's own message. */
export const askSource: AskSource = async (functionName) => {
  // The function ends its own time; a second attempt of the client's would ask it twice.
  const client = new LambdaClient({ maxAttempts: 1, requestHandler: { connectionTimeout: 5000 } });
  const command = new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(PREFLIGHT_EVENT) });
  const { FunctionError, Payload } = await client.send(command).catch((error: unknown) => {
    throw invocationError(error, functionName);
  });
  const answer: unknown = JSON.parse(Buffer.from(Payload ?? []).toString() || 'null');
  if (FunctionError === undefined) return answer;
  const { errorMessage = FunctionError } = Object(answer);
  throw new ConnectlessError('SOURCE_FAILED', `${functionName} failed: ${errorMessage}`, { cause: answer });
};

const BUSY = ['TooManyRequestsException', 'ResourceConflictException', 'ServiceException', 'EC2ThrottledException'];

/** SOURCE_BUSY (retryable; it runs once at a time), LAMBDA_FORBIDDEN, or INVOCATION_FAILED. */
export function invocationError(error: unknown, functionName: string): ConnectlessError {
  const name = error instanceof Error ? error.name : '';
  const said = `${name}: ${messageOf(error)}`;
  const make = (code: string, message: string, retryable = false) =>
    new ConnectlessError(code, message, { retryable, cause: error });
  if (BUSY.includes(name)) return make('SOURCE_BUSY', `${functionName} cannot answer now (${said}).`, true);
  if (name === 'AccessDeniedException') {
    return make('LAMBDA_FORBIDDEN', `${functionName}: grant lambda:InvokeFunction on it (${said}).`);
  }
  return make('INVOCATION_FAILED', `${functionName} cannot be invoked (${said}).`);
}
