// When a sink closes files: rules across the properties of rotation, and what they say.
import type { Values } from './check';
import { isFilled, placeOf, type Rule, textOf } from './rule';
import type { RotationConfig } from './sink-model';

export const INTERVAL = 'rotate.interval.ms';
export const SCHEDULE = 'rotate.schedule.interval.ms';
const BYTES = 'connectless.rotate.bytes';
const IDLE = 'connectless.rotate.idle.ms';

/** Undefined: off. */
export function positiveOf(values: Values, property: string): number | undefined {
  const value = values.find(property);
  return typeof value === 'number' && value > 0 ? value : undefined;
}

/** Connect does not start such a connector either. */
const scheduleHasATimeZone: Rule = (file, values) => {
  if (positiveOf(values, SCHEDULE) === undefined || isFilled(file, 'timezone')) return [];
  const what = `is missing, and ${SCHEDULE} begins at its midnight`;
  return [{ ...placeOf(file, 'timezone'), what, write: 'add timezone=UTC, or a name such as Europe/Berlin' }];
};

export const rotationRules: readonly Rule[] = [scheduleHasATimeZone];

/** Of a file without faults. @param byTime whether the partitioner gives timestamps: Connect ignores the interval without them */
export function buildRotation(values: Values, byTime: boolean): RotationConfig {
  const interval = byTime ? positiveOf(values, INTERVAL) : undefined;
  const schedule = positiveOf(values, SCHEDULE);
  const bytes = positiveOf(values, BYTES);
  const idle = positiveOf(values, IDLE);
  return {
    flushSize: values.number('flush.size'),
    ...(interval === undefined ? {} : { rotateIntervalMs: interval }),
    rotateOnPartitionChange: values.flag('rotate.file.on.partition.change'),
    ...(schedule === undefined ? {} : { rotateScheduleMs: schedule }),
    timeZone: textOf(values, 'timezone') || 'UTC',
    ...(bytes === undefined ? {} : { rotateBytes: bytes }),
    ...(idle === undefined ? {} : { rotateIdleMs: idle }),
  };
}
