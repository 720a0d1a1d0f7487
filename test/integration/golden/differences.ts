// Where the sink is deliberately not like Confluent's: each with its reason, and with what it makes instead.
import type { DeadLetter } from './dead-letters';
import type { Outcome } from './outcome';

export interface Difference {
  readonly reason: string;
  /** In place of theirs, of the last step. */
  readonly ours: Partial<Outcome>;
  readonly deadLetters?: readonly DeadLetter[];
}

/** The schema of most cases. */
const P =
  '{"type":"record","name":"P","namespace":"g","fields":[{"name":"id","type":"int"},{"name":"s","type":"string"}]}';
const REFUSED: Outcome = { state: 'REFUSED', files: {}, committed: {}, openUploads: 0 };

/** By the case's name. That the writer's schema is kept verbatim is true of all of them, and stands in outcome.ts. */
export const differences: Readonly<Record<string, Difference>> = {
  affix_suffix: { reason: 's3.schema.partition.affix.type is not supported, and says so.', ours: REFUSED },
  bytes_with_avro_converter: {
    reason: "Values in Avro cannot become bytes: Connect's task fails at the first record, we say so at validation.",
    ours: REFUSED,
  },
  compat_bad_value: { reason: 'schema.compatibility=FOO is a mistake: Connect takes it for NONE.', ours: REFUSED },
  zero_pad_0: {
    reason: "filename.offset.zero.pad.width=0 means no padding; Java's formatter fails at it.",
    ours: {
      state: 'RUNNING',
      committed: { 'g-zero_pad_0-0': 3 },
      files: {
        'zero_pad_0/g-zero_pad_0/partition=0/g-zero_pad_0+0+0.avro': {
          codec: 'null',
          schema: P,
          records: [0, 1, 2].map((id) => ({ id, s: `s${id}` })),
        },
      },
    },
  },
};
