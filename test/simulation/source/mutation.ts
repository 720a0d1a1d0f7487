// A fault that is put into the protocol from outside, to see whether the schedules find it.
import type { SourceMode } from '../../../src/config/source-model';
import type { SourceRun } from '../../../src/source/run';
import type { Database } from './database';
import type { SourceProfile } from './profile';

/** What is absent stays as it is. */
export interface Mutation {
  readonly run?: (run: SourceRun) => SourceRun;
  /** The database as the readers see it. */
  readonly database?: (database: Database) => Database;
  /** The broker takes what a process sends behind its deadline. */
  readonly writesBehindLease?: true;
  /** Of all schedules. */
  readonly mode?: SourceMode;
  readonly profile?: Partial<SourceProfile>;
}
