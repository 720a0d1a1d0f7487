import { afterEach, describe, expect, jest } from '@jest/globals';
import {
  committed,
  createTopic,
  type Event,
  produce,
  start,
  stopAll,
  traced,
  until,
  valuesOf,
} from './event-source-harness';
import { freshName, freshTopic } from './fresh-topic';

jest.setTimeout(300_000);
afterEach(stopAll);

describe('the event source', () => {
  traced('brings what was there before it, several partitions and topics in one event, and commits it', async () => {
    const [one, two] = [await freshTopic('one', 2), await freshTopic('two')];
    await produce(one, [
      { partition: 0, value: 'a' },
      { partition: 1, value: 'b' },
      { partition: 1, value: null },
    ]);
    await produce(two, [{ partition: 0, value: 'c' }]);
    const group = freshName('group');
    const { source, events } = start([one, two], group, async () => {});
    await until(() => valuesOf(events).length === 4);
    await source.stop();
    expect(events.map(({ records }) => Object.keys(records).sort())).toEqual([[`${one}-0`, `${one}-1`, `${two}-0`]]);
    expect(events[0]?.records[`${one}-1`]?.map(({ offset, value }) => [offset, value])).toEqual([
      [0, 'Yg=='],
      [1, null],
    ]);
    expect([await committed(group, one), await committed(group, two)]).toEqual([{ 0: '1', 1: '2' }, { 0: '1' }]);
  });

  traced('brings the same batch again after an error, and commits nothing until it succeeds', async () => {
    const topic = await freshTopic('again');
    await produce(topic, [
      { partition: 0, value: 'a' },
      { partition: 0, value: 'b' },
    ]);
    const group = freshName('group');
    const before: Array<Record<number, string>> = [];
    const { events, failures } = start([topic], group, async (_, nth) => {
      before.push(await committed(group, topic));
      if (nth === 1) await produce(topic, [{ partition: 0, value: 'c' }]);
      if (nth < 4) throw new Error(`failure ${nth}`);
    });
    await until(async () => (await committed(group, topic))[0] === '3');
    expect(events.slice(0, 4).map((event) => valuesOf([event]))).toEqual(Array(4).fill(['a', 'b']));
    expect(valuesOf(events.slice(4))).toEqual(['c']);
    expect(before.slice(0, 4)).toEqual(Array(4).fill({ 0: '-1' }));
    expect(failures).toEqual(['failure 1', 'failure 2', 'failure 3']);
  });

  traced('stopped, finishes and commits the batch in hand', async () => {
    const topic = await freshTopic('stopped');
    await produce(topic, [{ partition: 0, value: 'a' }]);
    const group = freshName('group');
    let finish = () => {};
    const { source, events } = start(
      [topic],
      group,
      () =>
        new Promise<void>((resolve) => {
          finish = resolve;
        }),
    );
    await until(() => events.length === 1);
    const stopped = source.stop();
    await produce(topic, [{ partition: 0, value: 'b' }]);
    finish();
    await stopped;
    expect(valuesOf(events)).toEqual(['a']);
    expect(await committed(group, topic)).toEqual({ 0: '1' });
  });

  traced('stopped while a batch fails, commits nothing, and its successor gets the batch', async () => {
    const topic = await freshTopic('failing');
    await produce(topic, [{ partition: 0, value: 'a' }]);
    const group = freshName('group');
    const failing = start([topic], group, async () => {
      throw new Error('always');
    });
    await until(() => failing.failures.length > 1);
    await failing.source.stop();
    expect(await committed(group, topic)).toEqual({ 0: '-1' });
    const successor = start([topic], group, async () => {});
    await until(() => successor.events.length > 0);
    expect(valuesOf(successor.events)).toEqual(['a']);
  });

  traced('loses nothing and keeps each order while members come and go', async () => {
    const topic = await freshTopic('members', 4);
    const group = freshName('group');
    const seen = [0, 1, 2, 3].map(() => new Set<number>());
    const gaps: string[] = [];
    const handle = async ({ records }: Event) => {
      for (const { partition, offset } of Object.values(records).flat()) {
        // Every record before it has been delivered, to this member or to another.
        if (offset > 0 && !seen[partition]?.has(offset - 1)) gaps.push(`${partition}:${offset}`);
        seen[partition]?.add(offset);
      }
    };
    let sent = 0;
    const send = async () => {
      sent += 10;
      await produce(
        topic,
        Array.from({ length: 40 }, (_, index) => ({ partition: index % 4, value: `${index}` })),
      );
    };
    const sendUntilDeliveredTo = async (member: ReturnType<typeof start>) => {
      const before = member.events.length;
      await until(async () => {
        await send();
        return member.events.length > before;
      });
    };
    const first = start([topic], group, handle);
    await sendUntilDeliveredTo(first);
    const second = start([topic], group, handle);
    await sendUntilDeliveredTo(second);
    await sendUntilDeliveredTo(first);
    await first.source.stop();
    await sendUntilDeliveredTo(second);
    await until(() => seen.every(({ size }) => size === sent));
    expect(gaps).toEqual([]);
    expect([...first.failures, ...second.failures]).toEqual([]);
  });

  traced('shares a group with a member that reads other topics: each gets all of its own', async () => {
    const [one, two] = [await freshTopic('mine'), await freshTopic('theirs')];
    const group = freshName('group');
    const first = start([one], group, async () => {});
    await produce(one, [{ partition: 0, value: 'a' }]);
    await until(() => first.events.length > 0);
    const second = start([two], group, async () => {});
    await produce(two, [{ partition: 0, value: 'b' }]);
    await until(() => second.events.length > 0);
    await produce(one, [{ partition: 0, value: 'c' }]);
    await until(() => valuesOf(first.events).includes('c'));
    expect(new Set(valuesOf(first.events))).toEqual(new Set(['a', 'c']));
    expect(new Set(valuesOf(second.events))).toEqual(new Set(['b']));
  });

  traced('waits for a topic that is not there yet, and says so', async () => {
    const topic = freshName('late');
    const { events, failures } = start([topic], freshName('group'), async () => {});
    await until(() => failures.length > 0);
    expect(failures[0]).toContain(`connectless topics --create --topic ${topic}`);
    await createTopic(topic);
    await produce(topic, [{ partition: 0, value: 'a' }]);
    await until(() => events.length > 0);
    expect(valuesOf(events)).toEqual(['a']);
  });
});
