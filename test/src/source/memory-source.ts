// Invocations of a source over a table, a topic and a state in memory; time passes by sleeping alone.
import type { SourceConfig } from '../../../src/config/source-model';
import type { Log } from '../../../src/log';
import { builtInRegistry } from '../../../src/registry/built-in';
import { cachedRegistry } from '../../../src/registry/cached';
import { type IdPage, type IncrementingReader, incrementingMode } from '../../../src/source/modes/incrementing';
import { runSource } from '../../../src/source/run';
import { tableChoice } from '../../../src/source/table-choice';
import { countedState } from '../../../src/state/counted';
import { memoryState } from '../../../src/state/memory';
import { sourceConfig } from '../../source-config';
import { memoryTopicLog } from '../kafka/memory-topic-log';
import { type RecordedMetrics, recordedMetrics } from '../metrics/recorded';

const LONG = { declared: 'bigint', type: 'int8', isEnum: false, typmod: -1, nullable: false };
const columns = [{ ...LONG, name: 'id' }];

export interface MemorySource {
  readonly state: ReturnType<typeof memoryState>;
  readonly log: ReturnType<typeof memoryTopicLog>;
  /** Ids of the rows of `public.prices`. */
  readonly ids: bigint[];
  /** One invocation, with nothing in its memory. */
  invoke(onPoll?: () => void): Promise<Invoked>;
}

interface Invoked {
  /** Milliseconds from the beginning, each. */
  readonly polls: readonly number[];
  /** Milliseconds that the invocation took. */
  readonly tookMs: number;
  readonly metrics: RecordedMetrics['values'];
}

export function memorySource(change: Partial<SourceConfig> = {}): MemorySource {
  const config = { ...sourceConfig, ...change };
  const state = memoryState();
  const log = memoryTopicLog();
  const ids: bigint[] = [];
  log.create('in-prices', 1);
  const page = (found: readonly bigint[]): IdPage => ({
    columns,
    idIndex: 0,
    rows: found.map((id) => [String(id)]),
    more: found.length >= config.batchMaxRows,
  });
  let invocations = 0;

  const invoke = async (onPoll = () => {}): Promise<Invoked> => {
    let now = 0;
    invocations += 1;
    const polls: number[] = [];
    const metrics = recordedMetrics(() => now);
    const counted = countedState(state, metrics);
    const reader: IncrementingReader = {
      columns: async () => columns,
      fence: async () => {
        polls.push(now);
        onPoll();
        return { top: ids.at(-1), from: 'sequence', holders: [] };
      },
      page: async (after, through) =>
        page(ids.filter((id) => (after === undefined || id > after) && id <= through).slice(0, config.batchMaxRows)),
      rows: async (wanted) => page(ids.filter((id) => wanted.includes(id))),
      describe: async () => [],
    };
    await runSource({
      config,
      tables: {
        list: async () => [{ catalog: 'postgres', schema: 'public', name: 'prices', kind: 'r' }],
        open: (table, work) => ({
          choice: tableChoice(config, table),
          mode: incrementingMode(reader, work),
          primaryKey: async () => [],
          findings: async () => [],
        }),
        openQuery: () => {
          throw new Error('there is no query');
        },
      },
      log,
      registry: cachedRegistry(builtInRegistry(counted)),
      state: counted,
      invocation: {
        id: `invocation ${invocations}`,
        now: () => now,
        remainingMs: () => config.deployment.timeoutMs - now,
        sleep: sleeping((ms) => {
          now += ms;
        }),
      },
      requestTimeoutMs: 1000,
      logger: silent,
      metrics,
      looks: new Map(),
    });
    return { polls, tookMs: now, metrics: metrics.values };
  };
  return { state, log, ids, invoke };
}

const silent: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** Sleepers of one moment wake together; time goes on to the one that is to wake first. */
function sleeping(advance: (ms: number) => void): (ms: number) => Promise<void> {
  let now = 0;
  let isWaking = false;
  const sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  const wakeNext = () => {
    isWaking = false;
    const at = Math.min(...sleepers.map((sleeper) => sleeper.at));
    if (!Number.isFinite(at)) return;
    advance(at - now);
    now = at;
    const due = sleepers.filter((sleeper) => sleeper.at === at);
    for (const sleeper of due) sleepers.splice(sleepers.indexOf(sleeper), 1);
    for (const { wake } of due) wake();
    plan();
  };
  // Whoever can go on without time does so first.
  const plan = () => {
    if (isWaking || sleepers.length === 0) return;
    isWaking = true;
    setTimeout(wakeNext, 0);
  };
  return (ms) =>
    new Promise((wake) => {
      sleepers.push({ at: now + ms, wake: () => wake() });
      plan();
    });
}
