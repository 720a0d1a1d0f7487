// The source's function: polls its tables until the invocation's time is over.
import type { Context } from 'aws-lambda';
import { invokeSource } from '../src/source/open';

export async function handler(_event: unknown, context: Context): Promise<void> {
  await invokeSource(() => context.getRemainingTimeInMillis());
}
