// Where our source does otherwise than Confluent's, and why. A difference that no longer is one fails.

export interface Difference {
  readonly why: string;
  /** Of the configuration. */
  readonly faults?: RegExp;
  /** So many records are compared: more come as long as one looks. */
  readonly first?: number;
  readonly phases?: Readonly<
    Record<string, { readonly error?: RegExp; readonly values?: Readonly<Record<string, unknown>> }>
  >;
}

const row = (id: number, a: number | null) => ({ id: String(id), a: a === null ? null : String(a) });

export const differences: ReadonlyMap<string, Difference> = new Map<string, Difference>([
  [
    'add_column_not_null_default',
    {
      why: 'Both stop before the row, as the registry wants. Ours names the column, the rule and the ways out.',
      phases: {
        step1: { error: /column "b" is new and NOT NULL.*READER_FIELD_MISSING_DEFAULT_VALUE[\s\S]*DROP NOT NULL/ },
      },
    },
  ],
  [
    'alltypes_one_table',
    {
      why: 'Theirs gives a numeric without precision the scale 127, which no Avro reader takes; ours refuses it and names the choices.',
      phases: { result: { error: /"c_numeric_bare" is a numeric without precision/, values: {} } },
    },
  ],
  [
    'bad_port',
    {
      why: 'Theirs refuses to make the connector. Ours keeps trying: a database that is not there now may be there later.',
    },
  ],
  ['bulk_whitelist', { why: 'A bulk copy comes again and again: the first two are compared.', first: 4 }],
  [
    'column_with_space',
    {
      why: 'Both stop. Ours says what to write.',
      phases: { result: { error: /RENAME COLUMN "with space" TO with_space/ } },
    },
  ],
  [
    'id_numeric_10_2',
    {
      why: 'Both stop. Ours names the type.',
      phases: { result: { error: /"id" of type numeric\(10,2\): .* integral/ } },
    },
  ],
  [
    'id_text',
    {
      why: 'Theirs tries the same wrong query for ever, RUNNING. Ours stops and names the type.',
      phases: { result: { error: /"id" of type text: .* integral/ } },
    },
  ],
  [
    'incr_no_column_name',
    {
      why: 'Theirs wants a list of tables; ours, as their documentation, takes every table, and the first auto-increment column.',
    },
  ],
  [
    'int_to_text',
    {
      why: 'Both stop before the row. Ours names the column, the rule and the ways out.',
      phases: { step1: { error: /column "a" was int, nullable and is string, nullable now \(MISSING_UNION_BRANCH\)/ } },
    },
  ],
  [
    'mixed_case_id_given_lower',
    {
      why: 'Theirs stays RUNNING and reads nothing. Ours says how the column is written.',
      phases: { result: { error: /write incrementing\.column\.name=Id/ } },
    },
  ],
  [
    'mode_bad',
    { why: 'Both refuse it.', faults: /"nope" is none of incrementing, timestamp, timestamp\+incrementing, bulk/ },
  ],
  [
    'money_small',
    {
      why: 'Theirs makes doubles of money, and dies of 1,000.00; ours makes decimals of two digits.',
      phases: {
        result: {
          values: {
            t: ['0096', '01869f', '0186a0'].map((hex, index) => ({ id: String(index + 1), m: { bytes_hex: hex } })),
          },
        },
      },
    },
  ],
  [
    'no_tables',
    {
      why: 'Theirs fails for good when there is no table yet. Ours waits for one.',
      phases: { step1: { values: { t: [row(1, 1), row(2, 2)] } } },
    },
  ],
  [
    'nullable_to_not_null',
    {
      why: 'The recording of the first phase was taken after the second.',
      phases: { after_start: { values: { t: [row(1, 1), row(2, 2)] } } },
    },
  ],
  ['query_and_whitelist', { why: 'Both refuse it.', faults: /table\.whitelist: is set beside query/ }],
  [
    'query_with_where',
    {
      why: "Theirs appends a second WHERE to the query's, and tries it for ever. Ours reads the query as it is.",
      phases: { result: { values: { '': [row(2, 2)] } } },
    },
  ],
  [
    'same_table_two_schemas_nofilter',
    {
      why: 'Theirs answers nothing until the request times out. Ours names both tables, and the property that tells them apart.',
    },
  ],
  [
    'table_quote_in_name',
    {
      why: 'Both stop. Ours names the property.',
      phases: { result: { error: /no name of a topic: write connectless\.table\./ } },
    },
  ],
  [
    'table_with_space',
    {
      why: 'Both stop. Ours names the property.',
      phases: { result: { error: /no name of a topic: write connectless\.table\./ } },
    },
  ],
  [
    'topic_prefix_empty2',
    {
      why: "The recorded topic was another recordings', too: each of its rows is there three times.",
      phases: { result: { values: { '': [row(1, 1), row(2, 2)] } } },
    },
  ],
  [
    'view_types',
    {
      why: 'Both stop. Ours names what to set.',
      phases: { result: { error: /"id" nullable.*validate\.non\.null=false/ } },
    },
  ],
]);
