// A topic as the exactly-once protocols see it: partitions with ends, appended to and read by offset.

/** One message to append. The partition is always explicit: kafkajs would choose anew on every retry. */
export interface Message {
  readonly partition: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  /** Epoch milliseconds. @default the time of producing */
  readonly timestamp?: number;
  readonly headers?: ReadonlyArray<readonly [name: string, value: Buffer | null]>;
}

/** A message whose partition is yet to be chosen. */
export type UnplacedMessage = Omit<Message, 'partition'>;

/** One record of the log. */
export interface LogRecord {
  readonly partition: number;
  readonly offset: number;
  readonly timestamp: number;
  /** `message.timestamp.type` of the topic: with LogAppendTime the timestamp is the broker's, not the producer's. @default CreateTime */
  readonly timestampType?: 'CreateTime' | 'LogAppendTime';
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: ReadonlyArray<readonly [name: string, value: Buffer | null]>;
}

export interface TopicLog {
  /** Log-end offset of each partition, in the order of the partitions: its length is their number. */
  ends(topic: string): Promise<number[]>;
  /** Log-start offset of each partition: what was before is gone. */
  starts(topic: string): Promise<number[]>;
  /**
   * Appends in order within each partition and answers after all in-sync replicas have it. When it throws, a prefix of
   * each partition's messages may have landed, or may still land until `request.timeout.ms` has passed.
   */
  append(topic: string, messages: readonly Message[]): Promise<void>;
  /** The records at or after `from[partition]` and below `until[partition]`, ascending within each partition. */
  read(topic: string, from: readonly number[], until: readonly number[]): AsyncIterable<LogRecord>;
  close(): Promise<void>;
}
