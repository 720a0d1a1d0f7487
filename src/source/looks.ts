// When a table was last seen to hold nothing but what is in the topic: rows that come later were committed later.

/** By `schema.table`; epoch milliseconds of the beginning of that look. */
export type Looks = Map<string, number>;
