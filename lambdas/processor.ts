// The processor's function: an MSK event's records are copied to the output topic.
import type { Context } from 'aws-lambda';
import { triggerEvent } from '../src/kafka/msk-event';
import { flushing } from '../src/metrics/metrics';
import { openProcessor, type Processor } from '../src/processor/open';
import { processEvent } from '../src/processor/process-event';

let processor: Promise<Processor> | undefined;

/** Answers when every record of the event is in the output topic; throws otherwise, and the whole event comes again. */
export async function handler(event: unknown, context: Context): Promise<void> {
  processor ??= openProcessor().catch((error) => {
    processor = undefined;
    throw error;
  });
  const invocation = (await processor)(context.getRemainingTimeInMillis());
  await flushing(invocation.metrics, () => processEvent(invocation, triggerEvent(event)));
}
