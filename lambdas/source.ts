// The source's function: polls its tables until the invocation's time is over, or looks at them for the deployment.
import type { Context } from 'aws-lambda';
import { invokePreflight, isPreflight } from '../src/preflight/open';
import type { Preflight } from '../src/preflight/preflight';
import { invokeSource } from '../src/source/open';

export async function handler(event: unknown, context: Context): Promise<Preflight | undefined> {
  if (isPreflight(event)) return invokePreflight();
  await invokeSource(() => context.getRemainingTimeInMillis());
  return undefined;
}
