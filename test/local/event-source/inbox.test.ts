import { describe, expect, test } from '@jest/globals';
import type { ConsumedRecord } from '../../../local/event-source/batch';
import { createInbox } from '../../../local/event-source/inbox';

const origin = { eventSourceArn: 'arn', bootstrapServers: '127.0.0.1:9092' };
const records = (partition: number, from: number, until: number): ConsumedRecord[] =>
  Array.from({ length: until - from }, (_, index) => ({
    topic: 'prices',
    partition,
    offset: from + index,
    timestamp: 0,
    timestampType: 'CREATE_TIME',
    key: null,
    value: null,
    headers: [],
  }));
const offsetsOf = (batch: { records: readonly ConsumedRecord[] } | undefined) =>
  batch?.records.map(({ partition, offset }) => `${partition}:${offset}`);

describe('the inbox', () => {
  test('gathers what comes from several partitions within the batching window', async () => {
    const inbox = createInbox(origin, 20);
    const batch = inbox.take();
    inbox.add(records(0, 0, 2));
    await new Promise(setImmediate);
    inbox.add(records(1, 0, 1));
    expect(offsetsOf(await batch)).toEqual(['0:0', '0:1', '1:0']);
  });

  test('does not wait for the window when an event is full, and keeps the rest', async () => {
    const inbox = createInbox(origin, 600_000);
    const batch = inbox.take();
    inbox.add(records(0, 0, 10_003));
    expect(inbox.full()).toBe(true);
    expect((await batch)?.records.length).toBe(10_000);
    expect(inbox.full()).toBe(false);
    inbox.add(records(0, 10_003, 20_000));
    expect((await inbox.take())?.records[0]?.offset).toBe(10_000);
  });

  test('counts bytes, too, when it says that it is full', () => {
    const inbox = createInbox(origin, 600_000);
    const [record] = records(0, 0, 1);
    const large = { ...record, value: Buffer.alloc(1_600_000) } as ConsumedRecord;
    inbox.add([large, large]);
    expect(inbox.full()).toBe(false);
    inbox.add([large]);
    expect(inbox.full()).toBe(true);
  });

  test('drops everything when the group rebalances, and revokes the batch that is being delivered', async () => {
    const inbox = createInbox(origin, 0);
    inbox.add(records(0, 0, 10_002));
    const inHand = await inbox.take();
    expect([inHand?.over.aborted, inHand?.revoked()]).toEqual([false, false]);
    inbox.revoke();
    expect([inHand?.over.aborted, inHand?.revoked()]).toEqual([true, true]);
    inbox.add(records(0, 0, 1));
    const next = await inbox.take();
    expect(offsetsOf(next)).toEqual(['0:0']);
    expect(next?.revoked()).toBe(false);
  });

  test('hands out nothing that a rebalance took away during the window', async () => {
    const inbox = createInbox(origin, 20);
    const batch = inbox.take();
    inbox.add(records(0, 5, 8));
    await new Promise(setImmediate);
    inbox.revoke();
    inbox.add(records(0, 3, 4));
    expect(offsetsOf(await batch)).toEqual(['0:3']);
  });

  test('closed, hands out no more and ends the attempts of the batch in hand, which may still be committed', async () => {
    const inbox = createInbox(origin, 0);
    inbox.add(records(0, 0, 1));
    const inHand = await inbox.take();
    const next = inbox.take();
    inbox.add(records(0, 1, 20_000));
    inbox.close();
    expect(await next).toBeUndefined();
    expect([inHand?.over.aborted, inHand?.revoked()]).toEqual([true, false]);
    expect(inbox.full()).toBe(false);
  });

  test('tells those who wait for room when there is some', async () => {
    const inbox = createInbox(origin, 0);
    inbox.add(records(0, 0, 10_000));
    const room = inbox.changed();
    await inbox.take();
    await room;
    expect(inbox.full()).toBe(false);
  });
});
