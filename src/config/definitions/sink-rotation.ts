// Properties of the S3 sink that say when a file is closed.
import { type Definition, REQUIRED, unsupported, used } from '../definition';
import { atLeast, offOrAtLeast, oneOf } from '../validators';

export const rotation: readonly Definition[] = [
  ...used([
    ['flush.size', 'int', REQUIRED, 'high', 'Records in a file.', atLeast(1)],
    [
      'rotate.interval.ms',
      'long',
      '-1',
      'high',
      'Closes files when a record is so much later than the first one in them, by the timestamps of a partitioner by time.',
      offOrAtLeast(1),
    ],
    [
      'rotate.schedule.interval.ms',
      'long',
      '-1',
      'medium',
      'Closes files by the wall clock, at multiples of this from midnight in `timezone`.',
      offOrAtLeast(1),
    ],
    [
      'rotate.file.on.partition.change',
      'boolean',
      'true',
      'low',
      'With `rotate.interval.ms`: closes files, too, when a record belongs to another directory than the one before.',
    ],
    [
      'connectless.rotate.bytes',
      'long',
      '-1',
      'medium',
      'Closes a file that has grown to so many bytes.',
      offOrAtLeast(1024),
    ],
    [
      'connectless.rotate.idle.ms',
      'long',
      '-1',
      'medium',
      'Closes the files of a partition that has had no record for so long.',
      offOrAtLeast(1),
    ],
    [
      'schema.compatibility',
      'string',
      'NONE',
      'high',
      'What happens when the schema changes: `NONE` closes the file; the others project records to its schema where they can.',
      oneOf('NONE', 'BACKWARD', 'FORWARD', 'FULL'),
    ],
  ]),
  ...unsupported(
    'what open files hold is bounded by its bytes: at 32 MiB in no part yet, all files of a partition are closed',
    [['max.open.files.per.partition', 'int', '-1', 'medium', 'Most open files of a partition.']],
  ),
];
