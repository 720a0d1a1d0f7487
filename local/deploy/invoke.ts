// Invokes a deployed function and waits for its answer.
import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { ConnectlessError } from '../../src/errors';

/** Throws FUNCTION_ERROR with the function's own message, retryable as for a trigger. */
export async function invoke(lambda: LambdaClient, functionName: string, event: unknown): Promise<unknown> {
  const { FunctionError, Payload } = await lambda.send(
    new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(event) }),
  );
  const answer = JSON.parse(Buffer.from(Payload ?? []).toString() || 'null');
  if (FunctionError === undefined) return answer;
  throw new ConnectlessError('FUNCTION_ERROR', `${functionName}: ${answer?.errorMessage}`, {
    retryable: true,
    cause: answer,
  });
}
