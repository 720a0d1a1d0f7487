// Loads what the schedules' formats need: loading takes turns of the event loop, and a seed must repeat its schedule.
import { formatOf } from '../../src/sink/format/format-of';
import { formats } from './random-config';

export async function loadFormats(): Promise<void> {
  for (const format of formats) await formatOf(format);
}
