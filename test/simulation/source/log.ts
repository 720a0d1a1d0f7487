// The topics as one invocation sees them: appends that land in part, late, or whole without an answer, after their producer is gone, too.
import { ConnectlessError } from '../../../src/errors';
import type { Message, TopicLog } from '../../../src/kafka/topic-log';
import type { Process } from './process';
import type { SourceTopic } from './topic';
import type { SourceWorld } from './world';

/** Within it lands what ever lands of a request. */
export const REQUEST_TIMEOUT_MS = 1500;

export function topicLog(world: SourceWorld, process: Process): TopicLog {
  const { random, clock, mutation } = world;
  const { step } = process;
  const topicOf = (name: string) => {
    const found = world.tables.find((table) => `in-${table.name}` === name);
    if (found === undefined) throw new Error(`there is no topic ${name}`);
    return found.topic;
  };
  const mayWrite = () => mutation.writesBehindLease === true || process.remainingMs() > 0;

  return {
    ends: async (name) => {
      await step('ends');
      return topicOf(name).ends();
    },
    starts: async (name) => {
      await step('starts');
      return topicOf(name).starts();
    },
    append: async (name, messages) => {
      const topic = topicOf(name);
      for (const chunk of chunks(world, messages)) {
        await step(`append ${chunk.map(({ partition }) => partition)}`, world.profile.sleepiness);
        if (!mayWrite()) throw failed('the time for writing is over');
        await send(world, process, topic, chunk);
      }
    },
    read: async function* (name, from, until) {
      for (const partition of until.keys()) {
        await step(`read ${partition} from ${from[partition]} to ${until[partition]}`);
        yield* topicOf(name).read(partition, from[partition] ?? 0, until[partition] ?? 0);
        await clock.sleep(random.integer(0, 2));
      }
    },
    close: async () => undefined,
  };
}

function failed(what: string): ConnectlessError {
  return new ConnectlessError('INJECTED', what, { retryable: true });
}

/** A page that is larger than a request. */
function chunks({ random }: SourceWorld, messages: readonly Message[]): (readonly Message[])[] {
  const cut = random.chance(0.2) ? random.integer(0, messages.length) : 0;
  return [messages.slice(0, cut), messages.slice(cut)].filter((chunk) => chunk.length > 0);
}

/** One request of a producer that is alone on its connection. */
async function send(
  world: SourceWorld,
  process: Process,
  topic: SourceTopic,
  chunk: readonly Message[],
): Promise<void> {
  const { random, clock } = world;
  const land = topic.landing(chunk);
  const partitions = topic.ends().length;
  if (chunk.some(({ partition }) => partition >= partitions)) throw failed('a partition does not exist');
  if (!process.strike(world.profile.unanswered)) {
    const within = process.strike(0.05) ? REQUEST_TIMEOUT_MS - 1 : 10;
    const lands = clock.sleep(random.integer(0, within)).then(() => land(chunk));
    await Promise.all([lands, process.sleep(within)]);
    return;
  }
  const fate = random.pick(['fails', 'crashes', 'lands unanswered'] as const);
  process.say(`append ${fate}`);
  if (fate === 'lands unanswered') land(chunk);
  else landInPart(world, land, chunk, partitions);
  if (fate === 'crashes') await process.die();
  await process.sleep(random.integer(0, REQUEST_TIMEOUT_MS));
  throw failed('the broker did not answer');
}

/** What of each partition's messages ever lands is a first part of them; some of it now, the rest while the request may be in flight. */
function landInPart(
  { random, clock }: SourceWorld,
  land: (messages: readonly Message[]) => void,
  chunk: readonly Message[],
  partitions: number,
) {
  for (let partition = 0; partition < partitions; partition += 1) {
    const own = chunk.filter((message) => message.partition === partition);
    const now = random.integer(0, own.length);
    const ever = random.integer(now, own.length);
    land(own.slice(0, now));
    void clock.sleep(random.integer(0, REQUEST_TIMEOUT_MS - 1)).then(() => land(own.slice(now, ever)));
  }
}
