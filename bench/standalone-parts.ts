// One part of the standalone worker, alone, until it has read a topic: the client, or the client and the building of events.
import { consume, groupConsumer } from '../local/event-source/consumer';
import { startEventSource } from '../local/event-source/event-source';
import { loadPipeline } from '../src/config/load';
import type { KafkaConfig } from '../src/config/model';
import { readSecret } from '../src/secrets/reader';

const [part = '', workerFile = '', topic = '', count = ''] = process.argv.slice(2);
const records = Number(count);

/** Reads as the event source's consumer does, and drops what it read. */
async function client(kafka: KafkaConfig): Promise<void> {
  let read = 0;
  let finish = () => {};
  const over = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const inbox = {
    full: () => false,
    changed: async () => {},
    take: async () => undefined,
    revoke: () => {},
    close: () => {},
    add: (added: readonly unknown[]) => {
      read += added.length;
      if (read >= records) finish();
    },
  };
  await consume(groupConsumer(kafka, `${topic}-client`), { kafka, topics: [topic], inbox, over });
}

/** Builds the events as JSON, and hands them to nobody. */
async function events(kafka: KafkaConfig): Promise<void> {
  let built = 0;
  let finish = () => {};
  const all = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const invoke = async (event: unknown) => {
    JSON.stringify(event);
    for (const { length } of Object.values((event as { records: Record<string, unknown[]> }).records)) built += length;
    if (built >= records) finish();
  };
  const onFailure = (error: unknown) => console.error(error);
  const source = startEventSource({ kafka, groupId: `${topic}-events`, topics: [topic], invoke, onFailure });
  await all;
  await source.stop();
}

async function main(): Promise<void> {
  const { worker } = await loadPipeline(workerFile, [], readSecret);
  const start = process.cpuUsage();
  await (part === 'client' ? client(worker.kafka) : events(worker.kafka));
  const { user, system } = process.cpuUsage(start);
  console.log(JSON.stringify((user + system) / 1e6));
}

void main();
