import { expect, test } from '@jest/globals';
import { heldStates } from '../../../src/sink/held-states';

const held = (bytes: number) => ({ state: undefined, version: String(bytes), bytes });

test('a state is given once', () => {
  const states = heldStates();
  states.put('a', held(1));
  expect(states.take('a')).toEqual(held(1));
  expect(states.take('a')).toBeUndefined();
});

test('the states that were used longest ago go when all together are too large', () => {
  const states = heldStates(10);
  for (const key of ['a', 'b', 'c']) states.put(key, held(4));
  expect(states.take('a')).toBeUndefined();
  states.put('b', held(4));
  states.put('d', held(4));
  expect(states.take('c')).toBeUndefined();
  expect(states.take('b')).toEqual(held(4));
  states.put('large', held(11));
  expect(states.take('large')).toBeUndefined();
  states.put('e', held(10));
  expect(states.take('e')).toEqual(held(10));
});
