// What no file says, and how well it is known.

export interface Assumption {
  readonly value: number;
  readonly unit: string;
  readonly what: string;
  /** Where it comes from. */
  readonly because: string;
}

export const ASSUMED = {
  sourceStart: {
    value: 1,
    unit: 's',
    what: 'an invocation of the source takes beside the time between its polls: it connects to Postgres and Kafka',
    because: 'assumed, not measured on AWS',
  },
  dataApiPoll: {
    value: 4,
    unit: 'calls',
    what: 'of the Data API a poll of a table is: a transaction begins, two statements, it ends',
    because: 'counted in the code, with mode=incrementing',
  },
  eventWait: {
    value: 0.2,
    unit: 's',
    what: 'a processor or sink waits for S3 and Kafka in an event, and a sink in a flush',
    because: 'assumed, not measured on AWS',
  },
  fileClosed: {
    value: 0.03,
    unit: 's',
    what: 'a sink waits for S3 to have a file; 16 of a partition are under way at once',
    because: 'assumed, not measured on AWS',
  },
  sinkRecord: {
    value: 1.4,
    unit: 'µs',
    what: 'of a whole processor a record takes in the sink, the parsing of the event included',
    because: 'measured on another machine: docs/performance.md, wide records',
  },
  copiedRecord: {
    value: 13,
    unit: 'µs',
    what: 'of a whole processor a row takes in the source, and a record in a processor',
    because:
      "measured for the source on another machine: docs/performance.md, wide rows; taken over for the processor's",
  },
  eventRecord: {
    value: 160,
    unit: 'bytes',
    what: 'a record takes in an event beside its value in base64',
    because: 'counted in an event without key and headers',
  },
  logged: {
    value: 1000,
    unit: 'bytes',
    what: 'an invocation logs: its metrics and three lines of Lambda itself',
    because: 'metrics measured, 200 to 560 bytes; the rest assumed',
  },
  oldVersion: {
    value: 1.5,
    unit: 'days',
    what: "a replaced state of a sink is kept by the state bucket's lifecycle rule",
    because: 'one day, and until the next midnight',
  },
  registryCalls: {
    value: 1000,
    unit: 'requests',
    what: 'come to the REST API of the registry in a month; connectors use it as a library',
    because: 'assumed',
  },
} as const satisfies Readonly<Record<string, Assumption>>;

/** Lambda gives a whole processor with so many MB of memory, and less with less. */
const WHOLE_PROCESSOR_MB = 1769;

/** Seconds that so many records take, each so many microseconds of a whole processor. */
export function processorSeconds(records: number, { value: microseconds }: Assumption, memoryMb: number): number {
  return (records * microseconds * Math.max(1, WHOLE_PROCESSOR_MB / memoryMb)) / 1e6;
}
