// Fetches the schemas that a plan lacks, with the retries of the configuration.
import pLimit from 'p-limit';
import type { SinkConfig } from '../config/sink-model';
import type { DataSchema } from '../convert/data';
import { ConnectlessError } from '../errors';
import type { SchemaSource } from '../registry/schema-source';
import { withRetries } from './retries';

/** As many lookups are under way at once: a batch of unknown ids takes seconds then, and the registry is not flooded. */
const LOOKUPS_AT_ONCE = 16;

/**
 * Fetches schemas of these ids, side by side and in their order: none that is known, and no more once a failure is retryable,
 * because the plan ends there. Each is tried again as `errors.retry.timeout` says, for at most half of the function's time-out.
 * The answers, errors too, are what the source knows then.
 */
export function schemaFetcher({ errors, deployment }: SinkConfig) {
  const limit = pLimit(LOOKUPS_AT_ONCE);
  return async (source: SchemaSource, ids: ReadonlySet<number | string>): Promise<void> => {
    const deadline = Date.now() + deployment.timeoutMs / 2;
    let isOver = false;
    const fetchOne = async (id: number | string) => {
      if (isOver || source.known(id) !== undefined) return;
      const answer = await withRetries(errors, deadline, () => fetched(source, id)).catch(asAnswer);
      isOver ||= answer instanceof ConnectlessError && answer.retryable;
    };
    await Promise.all(Array.from(ids, (id) => limit(fetchOne, id)));
  };
}

async function fetched(source: SchemaSource, id: number | string): Promise<DataSchema> {
  const answer = await source.fetch(id);
  if (answer instanceof ConnectlessError) throw answer;
  return answer;
}

function asAnswer(error: unknown): ConnectlessError {
  if (error instanceof ConnectlessError) return error;
  throw error;
}
