// When a file is complete.
import type { SinkConfig } from '../config/model';

// S3 takes 10,000 parts in an upload; the last one is the tail.
const MOST_FULL_PARTS = 9_999;

/** What the rules look at. */
export interface FileSoFar {
  readonly schemaId: number;
  readonly records: number;
  readonly fullParts: number;
}

/** `schema.compatibility=NONE`: any other schema starts another file. */
export function closesBefore(file: FileSoFar, schemaId: number): boolean {
  return schemaId !== file.schemaId;
}

/** `flush.size`; and the file is as large as an upload can be. */
export function closesAfter(file: FileSoFar, config: Pick<SinkConfig, 'flushSize'>): boolean {
  return file.records >= config.flushSize || file.fullParts >= MOST_FULL_PARTS;
}
