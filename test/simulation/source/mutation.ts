// A fault that is put into the protocol from outside, to see whether the schedules find it.
import type { IncrementingReader } from '../../../src/source/modes/incrementing';
import type { TimestampReader } from '../../../src/source/modes/timestamp';
import type { XidReader } from '../../../src/source/modes/xid8';
import type { SourceRun } from '../../../src/source/run';
import type { SourceProfile } from './profile';

/** What is absent stays as it is. */
export interface Mutation {
  readonly run?: (run: SourceRun) => SourceRun;
  readonly incrementing?: (reader: IncrementingReader) => IncrementingReader;
  readonly timestamp?: (reader: TimestampReader) => TimestampReader;
  readonly xid?: (reader: XidReader) => XidReader;
  /** The broker takes what a process sends after its deadline. */
  readonly writesBehindLease?: true;
  readonly profile?: Partial<SourceProfile>;
}
