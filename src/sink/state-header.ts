// What stands as JSON before the bytes of a partition's state.
import type {
  CompleteFile,
  OpenFile,
  OpenStream,
  SaidClock,
  Seen,
  SinceRotation,
  StoredSchema,
} from './partition-state';

export const VERSION = 2;

/** What stands in the header of bytes that stand behind it: how many they are. */
export type StreamHeader = Omit<OpenStream, 'tail' | 'block' | 'schema'> & {
  readonly tailBytes: number;
  readonly block: { readonly records: number; readonly bytes: number };
  /** Index in the header's schemas. */
  readonly schema?: number;
};

type CompleteHeader = Omit<CompleteFile, 'tail'> & { readonly tailBytes: number };

export interface Header {
  readonly version: number;
  readonly first: Seen;
  readonly last: Seen;
  readonly schemas: readonly StoredSchema[];
  readonly open: readonly (Omit<OpenFile, 'streams'> & { readonly streams: readonly StreamHeader[] })[];
  readonly since?: SinceRotation;
  readonly closing: readonly CompleteHeader[];
  readonly clock?: SaidClock;
}
