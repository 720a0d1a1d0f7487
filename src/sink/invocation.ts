// What the sink's function is invoked with: the trigger's event, or its flush schedule's.
import { triggerEvent } from '../kafka/msk-event';
import { flushing } from '../metrics/metrics';
import { FLUSH_EVENT } from '../names';
import { sinkEvent } from './event';
import { sinkFlush } from './flush';
import type { Sink } from './sink';

/** Throws EVENT_UNKNOWN for any other event. */
export function invokeSink(sink: Sink, event: unknown): Promise<void> {
  return flushing(sink.metrics, async () => {
    if (isFlush(event)) await sinkFlush(sink, 'all' in event && event.all === true);
    else await sinkEvent(sink, triggerEvent(event, ` or ${JSON.stringify(FLUSH_EVENT)} of its schedule`));
  });
}

/** `all: true` beside it is the command `connectless flush`'s. */
function isFlush(event: unknown): event is typeof FLUSH_EVENT {
  if (typeof event !== 'object' || event === null || !('connectless' in event)) return false;
  return event.connectless === FLUSH_EVENT.connectless;
}
