// The sink's function: an MSK event's records become files on S3.
import type { MSKEvent } from 'aws-lambda';
import { sinkEvent } from '../src/sink/event';
import { openSink } from '../src/sink/open';
import type { Sink } from '../src/sink/sink';

let sink: Promise<Sink> | undefined;

/** Answers when every record of the event is safe; throws otherwise, and the whole event comes again. */
export async function handler(event: MSKEvent): Promise<void> {
  sink ??= openSink();
  try {
    await sinkEvent(await sink, event);
  } catch (error) {
    // A sink that could not be opened is opened anew by the next invocation; one that failed otherwise keeps what it knows.
    await sink.catch(() => {
      sink = undefined;
    });
    throw error;
  }
}
