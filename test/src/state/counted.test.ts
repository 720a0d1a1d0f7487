import { describe, expect, test } from '@jest/globals';
import { countedState } from '../../../src/state/counted';
import { memoryState } from '../../../src/state/memory';
import { recordedMetrics } from '../metrics/recorded';
import { storeContract } from './store-contract';

describe('a state whose requests are counted', () => {
  const store = memoryState();
  storeContract(() => countedState(store, recordedMetrics()));

  test('counts each request by its kind, also one that is refused or fails', async () => {
    const metrics = recordedMetrics();
    const failing = { ...memoryState(), list: () => Promise.reject(new Error('down')) };
    const counted = countedState(failing, metrics);
    await counted.create('a', Buffer.from('1'));
    await counted.create('a', Buffer.from('2'));
    await counted.replace('a', Buffer.from('3'), 'stale');
    await counted.read('a');
    await expect(counted.list('')).rejects.toThrow('down');
    expect(metrics.values).toEqual({ StateWrites: 3, StateReads: 1, StateLists: 1 });
  });
});
