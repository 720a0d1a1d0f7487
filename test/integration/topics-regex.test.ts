import { afterEach, describe, expect, jest } from '@jest/globals';
import { committed, createTopic, produce, start, stopAll, traced, until, valuesOf } from './event-source-harness';
import { freshName } from './fresh-topic';

jest.setTimeout(300_000);
afterEach(stopAll);

describe('topics.regex', () => {
  traced('reads every topic whose whole name matches a pattern, also one that comes later', async () => {
    const name = freshName('matching');
    const [one, longer] = [`${name}-1`, `more-${name}-1`];
    await createTopic(one);
    await createTopic(longer);
    for (const topic of [one, longer]) await produce(topic, [{ partition: 0, value: topic }]);
    const group = freshName('group');
    const { source, events, failures } = start([], group, async () => {}, `${name}-\\d`);
    await until(() => valuesOf(events).includes(one));
    const later = `${name}-2`;
    await createTopic(later);
    await produce(later, [{ partition: 0, value: later }]);
    await until(() => valuesOf(events).includes(later));
    await produce(one, [{ partition: 0, value: 'again' }]);
    await until(() => valuesOf(events).includes('again'));
    await source.stop();
    expect(new Set(valuesOf(events))).toEqual(new Set([one, later, 'again']));
    expect([await committed(group, one), await committed(group, later)]).toEqual([{ 0: '2' }, { 0: '1' }]);
    expect(failures).toEqual([]);
  });

  traced('waits for a first topic that matches, and ends while it waits', async () => {
    const name = freshName('first');
    const { events, failures } = start([], freshName('group'), async () => {}, `${name}.*`);
    const waiting = start([], freshName('group'), async () => {}, `never-${name}`);
    await createTopic(`${name}-topic`);
    await produce(`${name}-topic`, [{ partition: 0, value: 'a' }]);
    await until(() => valuesOf(events).includes('a'));
    await waiting.source.stop();
    expect([...waiting.events, ...waiting.failures, ...failures]).toEqual([]);
  });
});
