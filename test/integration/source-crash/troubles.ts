// What happens to a source and its servers.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Trouble } from './run';
import type { CrashServers } from './servers';
import { type Cut, cuts } from './tcp-proxy';

/** The source dies, some time into its work. */
export function kill(longestWaitMs: number): Trouble {
  return async ({ source, chance }) => {
    await sleep(chance.integer(0, longestWaitMs));
    while (!source.kill()) await sleep(5);
  };
}

/** For longer than its lease and the request time-out: another one has gone on when it wakes up. */
export function freeze(ms: number): Trouble {
  return async ({ source, chance }) => {
    await sleep(chance.integer(0, 1500));
    await source.freeze(ms);
  };
}

export function cut(where: keyof CrashServers['proxies'], way: Cut, ms: number): Trouble {
  return async ({ servers, chance }) => {
    await sleep(chance.integer(0, 1000));
    servers.proxies[where].cut(way);
    await sleep(ms);
    servers.proxies[where].heal();
  };
}

/** Between the source and each of its servers, in every way. */
export function everyCut(ms: number): Trouble[] {
  return (['postgres', 'kafka', 's3'] as const).flatMap((where) => cuts.map((way) => cut(where, way, ms)));
}

export const restartPostgres: Trouble = ({ servers }) => servers.restartPostgres('SIGINT');
export const crashPostgres: Trouble = ({ servers }) => servers.restartPostgres('SIGQUIT');
export const restartKafka: Trouble = ({ servers }) => servers.restartKafka('SIGTERM');
export const crashKafka: Trouble = ({ servers }) => servers.restartKafka('SIGKILL');

export function failOver(standbyMs: number): Trouble {
  return ({ servers }) => servers.failOver(standbyMs);
}

/** Nothing happens: the source works off what has come. */
export function calm(ms: number): Trouble {
  return () => sleep(ms);
}

export function atOnce(...troubles: readonly Trouble[]): Trouble {
  return async (running) => {
    await Promise.all(troubles.map((trouble) => trouble(running)));
  };
}
