// The processor's function: an MSK event's records are copied to the output topic.
import type { Context, MSKEvent } from 'aws-lambda';
import { openProcessor, type Processor } from '../src/processor/open';
import { processEvent } from '../src/processor/process-event';

let processor: Promise<Processor> | undefined;

/** Answers when every record of the event is in the output topic; throws otherwise, and the whole event comes again. */
export async function handler(event: MSKEvent, context: Context): Promise<void> {
  processor ??= openProcessor().catch((error) => {
    processor = undefined;
    throw error;
  });
  const begin = await processor;
  await processEvent(begin(context.getRemainingTimeInMillis()), event);
}
