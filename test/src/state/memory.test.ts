import { describe } from '@jest/globals';
import { memoryState } from '../../../src/state/memory';
import { storeContract } from './store-contract';

describe('the state in memory', () => {
  const store = memoryState();
  storeContract(() => store);
});
