// Decides what a record of a started server is worth now: pure.

/** Written beside every started server, so that a later run can end what a killed one left behind. */
export interface RunRecord {
  readonly name: string;
  readonly pid: number;
  /** As `processStart` says. */
  readonly started: string;
  /** The process that started it and means to stop it. */
  readonly owner: number;
  readonly ownerStarted: string;
  readonly stopSignal: NodeJS.Signals;
  readonly directory: string;
}

/** `owned`: its owner lives. `left behind`: the owner is gone and the server runs. `ended`: both are gone, the folder may be there. */
export type Verdict = 'owned' | 'left behind' | 'ended';

/** @param startOf when the process of a pid started, undefined when there is none */
export function judge(record: RunRecord, startOf: (pid: number) => string | undefined): Verdict {
  if (startOf(record.owner) === record.ownerStarted) return 'owned';
  return startOf(record.pid) === record.started ? 'left behind' : 'ended';
}

/** undefined for anything that is not a whole record, such as one of another version. */
export function parseRunRecord(text: string): RunRecord | undefined {
  try {
    const { name, pid, started, owner, ownerStarted, stopSignal, directory } = JSON.parse(text);
    const texts = [name, started, ownerStarted, stopSignal, directory];
    if (!texts.every((value) => typeof value === 'string') || !Number.isInteger(pid) || !Number.isInteger(owner)) {
      return undefined;
    }
    return { name, pid, started, owner, ownerStarted, stopSignal, directory };
  } catch {
    return undefined;
  }
}
