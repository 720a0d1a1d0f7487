// A page on its way to the topic: the intent first, then the messages, then the cursor.
import { ConnectlessError } from '../errors';
import { faultPoint } from '../fault';
import type { TopicLog } from '../kafka/topic-log';
import type { Metrics } from '../metrics/metrics';
import { METRICS } from '../names';
import { type Cursor, intend, move, rowCount } from './cursor';
import type { CursorStore } from './cursor-store';
import type { Invocation } from './invocation';
import type { Placed } from './placing';
import type { Position } from './position';

export interface OutgoingWork {
  readonly topic: string;
  readonly log: TopicLog;
  readonly invocation: Invocation;
  /** `request.timeout.ms`: so long a message may still land after its producer is gone. */
  readonly requestTimeoutMs: number;
  readonly metrics: Metrics;
}

/** A page that the state knows of. */
export interface Announced {
  readonly cursor: Cursor;
  /** Answers when all messages are in the topic; when it throws, some may be, and some may still land until `inFlightUntil`. */
  send(): Promise<void>;
}

export interface Outgoing {
  /**
   * Writes into the cursor that the page is about to leave, and, in the same write, that the page before it is there.
   * `ends`: the topic's, from any time before; `last`: where the cursor moves afterwards. Undefined: somebody else moved
   * the cursor, nothing may be sent. `topic`: where the page was going before the connector's topic was changed.
   */
  announce(
    cursor: Cursor,
    page: Placed,
    ends: readonly number[],
    last: Position,
    topic?: string,
  ): Promise<Announced | undefined>;
  /** The page is there: moves the cursor. False: somebody else has. */
  conclude(cursor: Cursor): Promise<boolean>;
  /** Epoch milliseconds. */
  inFlightUntil(): number;
}

export function outgoing(work: OutgoingWork, cursors: CursorStore): Outgoing {
  const { log, invocation } = work;
  let inFlightUntil = 0;

  /** False: somebody else has moved the cursor, and counts the rows of its intent. */
  const write = async (next: Cursor, { intent }: Cursor): Promise<boolean> => {
    const isWritten = await cursors.write(next);
    if (isWritten && intent !== undefined) work.metrics.add(METRICS.sourceRows, rowCount(intent));
    return isWritten;
  };
  const send = async (messages: Placed['messages'], topic: string) => {
    // Behind the lease somebody else may be reading the topic to see what is missing.
    if (invocation.remainingMs() <= 0) throw outOfTime();
    try {
      await log.append(topic, messages);
    } catch (error) {
      inFlightUntil = invocation.now() + work.requestTimeoutMs;
      throw error;
    }
    faultPoint('source:produced');
  };

  return {
    announce: async (cursor, { messages, rows }, ends, last, topic = work.topic) => {
      const until = invocation.now() + invocation.remainingMs();
      const announced = intend(move(cursor), { owner: invocation.id, until, ends, topic, last, rows });
      if (!(await write(announced, cursor))) return undefined;
      faultPoint('source:intent-written');
      return { cursor: announced, send: () => send(messages, topic) };
    },
    conclude: async (cursor) => {
      const moved = await write(move(cursor), cursor);
      faultPoint('source:cursor-moved');
      return moved;
    },
    inFlightUntil: () => inFlightUntil,
  };
}

function outOfTime(): ConnectlessError {
  return new ConnectlessError('OUT_OF_TIME', 'The invocation was over before the page left; the next one goes on.', {
    retryable: true,
  });
}
