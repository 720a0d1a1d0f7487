// What a partitioner finds in a field of a record's value.

/** The value has no such field: no record, no member. */
export const MISSING = Symbol('missing');
/** It is of a type that neither partitioners nor extractors take. */
export const UNSUPPORTED = Symbol('unsupported');

/** An integer is a bigint beyond 2^53; a Date is a Timestamp of Connect's, perhaps beyond what JavaScript's can be. */
export type FieldValue = null | boolean | number | bigint | string | Date | typeof MISSING | typeof UNSUPPORTED;
