// A state store whose requests are counted.
import type { Metrics } from '../metrics/metrics';
import { METRICS } from '../names';
import type { StateStore } from './store';

/** The same store; a request that fails was one, too. */
export function countedState(state: StateStore, metrics: Metrics): StateStore {
  return {
    read: (key) => {
      metrics.add(METRICS.stateReads, 1);
      return state.read(key);
    },
    create: (key, body) => {
      metrics.add(METRICS.stateWrites, 1);
      return state.create(key, body);
    },
    replace: (key, body, version) => {
      metrics.add(METRICS.stateWrites, 1);
      return state.replace(key, body, version);
    },
    list: (prefix) => {
      metrics.add(METRICS.stateLists, 1);
      return state.list(prefix);
    },
  };
}
