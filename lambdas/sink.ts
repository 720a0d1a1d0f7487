// The sink's function: an MSK event's records become files on S3; its schedule closes what was left.
import { invokeSink } from '../src/sink/invocation';
import { openSink } from '../src/sink/open';
import type { Sink } from '../src/sink/sink';

let sink: Promise<Sink> | undefined;

/** Answers when every record of the event is safe; throws otherwise, and the whole event comes again. */
export async function handler(event: unknown): Promise<void> {
  sink ??= openSink().catch((error) => {
    // The next invocation tries anew.
    sink = undefined;
    throw error;
  });
  await invokeSink(await sink, event);
}
