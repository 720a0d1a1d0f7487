// What a connector's step costs, and how often it is invoked.
import type { Item } from './item';

/** A month's. */
export interface Invocations {
  /** Whose. */
  readonly of: string;
  readonly count: number;
}

export interface StepCost {
  readonly items: readonly Item[];
  readonly bySchedule?: Invocations;
  readonly byTrigger?: Invocations;
}
