// The records that benchmarks are made of.

export interface Shape {
  /** Avro's, as text. */
  readonly schema: string;
  readonly value: (id: number) => Record<string, unknown>;
}

/** The tutorial's. */
export const narrow: Shape = {
  schema: JSON.stringify({
    type: 'record',
    name: 'prices',
    fields: [
      { name: 'id', type: 'int' },
      { name: 'item', type: 'string' },
      { name: 'price', type: 'float' },
    ],
  }),
  value: (id) => ({ id, item: `item ${id}`, price: id / 8 }),
};

const types = ['long', 'string', 'double', ['null', 'string'], 'boolean', ['null', 'long']] as const;

/** Thirty columns, which repeat each other. */
export const wide: Shape = {
  schema: JSON.stringify({
    type: 'record',
    name: 'wide',
    fields: Array.from({ length: 30 }, (_, index) => ({ name: `column_${index}`, type: types[index % types.length] })),
  }),
  value: (id) => {
    const columns = [
      BigInt(id) * 1_000_003n,
      `some text of row ${id}`,
      id / 7,
      `another text ${id}`,
      id % 2 === 0,
      BigInt(id),
    ];
    return Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`column_${index}`, columns[index % 6]]));
  },
};

const WORDS = 'alpha bravo charlie delta echo foxtrot golf hotel india juliett kilo lima mike november oscar'.split(
  ' ',
);

/** Like an order: names, an amount, a time, perhaps a note, and an id that no compression shortens. */
export const order: Shape = {
  schema: JSON.stringify({
    type: 'record',
    name: 'orders',
    fields: [
      { name: 'id', type: 'long' },
      { name: 'customer', type: 'string' },
      { name: 'note', type: ['null', 'string'] },
      { name: 'amount', type: 'double' },
      { name: 'at', type: { type: 'long', logicalType: 'timestamp-millis' } },
      { name: 'reference', type: 'string' },
    ],
  }),
  value: (id) => {
    const random = randomOf(id);
    const words = (count: number) => Array.from({ length: count }, () => WORDS[random() % WORDS.length]).join(' ');
    return {
      id: BigInt(id),
      customer: words(2),
      note: random() % 2 === 0 ? null : words(5),
      amount: (random() % 1_000_000) / 100,
      at: 1_700_000_000_000n + BigInt(id * 977),
      reference: Array.from({ length: 4 }, () => random().toString(16)).join('-'),
    };
  },
};

/** The same numbers, 0 to 2^31, for the same seed (the MINSTD generator). */
function randomOf(seed: number): () => number {
  let state = (seed + 1) * 7919;
  return () => {
    state = (state * 48_271) % 0x7fffffff;
    return state;
  };
}
