// The process of one invocation: its clock, its end, and what fails in it.
import { ConnectlessError } from '../../../src/errors';
import type { SourceWorld } from './world';

export interface Process {
  readonly id: string;
  /** Its machine's clock. */
  now(): number;
  remainingMs(): number;
  /** Answers never when the process has died meanwhile. */
  sleep(ms: number): Promise<void>;
  /** Before a call: time passes, the process may be frozen or die, the call may fail. */
  step(label: string, sleepiness?: number): Promise<void>;
  /** Whether one of the schedule's faults happens now. */
  strike(chance: number): boolean;
  die(): Promise<never>;
  say(line: string): void;
  readonly death: Promise<void>;
}

/** Lambda ends a process at its deadline; a zombie is one that goes on, and may be frozen for longer than its lease. */
export function newProcess(world: SourceWorld, lasts: number): Process {
  const { random: choose, clock, story, profile } = world;
  world.invocations += 1;
  const id = `invocation ${world.invocations}`;
  const deadline = clock.now() + lasts;
  const strike = (chance: number) => {
    const strikes = world.faultsLeft > 0 && choose.chance(chance);
    if (strikes) world.faultsLeft -= 1;
    return strikes;
  };
  const isZombie = world.faultsLeft > 0 && choose.chance(0.5);
  const now = wrongClock(world, lasts);
  let isDead = false;
  let bury: () => void = () => undefined;
  const death = new Promise<void>((resolve) => {
    bury = resolve;
  });
  const never = () => new Promise<never>(() => undefined);
  const say = (line: string) => void story.push(`${clock.now() % 1_000_000} ${id}: ${line}`);
  const die = (): Promise<never> => {
    say('dies');
    isDead = true;
    bury();
    return never();
  };
  const sleep = async (ms: number) => {
    await clock.sleep(ms);
    if (!isDead && !isZombie && clock.now() > deadline) await die();
    if (isDead) await never();
  };
  const step = async (label: string, sleepiness = 0.02) => {
    say(label);
    await sleep(strike(sleepiness) ? frozenFor(world, deadline) : choose.integer(0, 15));
    if (strike(0.04)) await die();
    if (strike(0.04)) throw new ConnectlessError('INJECTED', `${label} failed`, { retryable: true });
  };
  say(
    `begins, until ${deadline % 1_000_000}${isZombie ? ', outlasts it' : ''}${profile.skewMs > 0 ? `, at ${now() % 1_000_000}` : ''}`,
  );
  return { id, now, remainingMs: () => deadline - now(), sleep, step, strike, die, say, death };
}

/** For some time, or until about its deadline, when the next one wakes up. */
function frozenFor({ random, clock }: SourceWorld, deadline: number): number {
  const left = deadline - clock.now();
  if (left <= 0 || random.chance(0.3)) return random.integer(1000, 9000);
  return Math.max(0, left + random.pick([random.integer(-500, 1500), random.integer(-1500, 5000)]));
}

/** It is set once, while the invocation is at work. */
function wrongClock({ random, clock, profile }: SourceWorld, lasts: number): () => number {
  const { skewMs } = profile;
  const wrong = () => random.pick([-skewMs, skewMs, random.integer(-skewMs, skewMs)]);
  const before = wrong();
  const after = random.chance(0.2) ? wrong() : before;
  const change = clock.now() + random.integer(0, lasts);
  return () => clock.now() + (clock.now() < change ? before : after);
}
