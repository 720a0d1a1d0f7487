// A source, a processor and a sink as the cost model takes them, and their sheets with some properties changed.
import { type Deployment, type Sheet, sheetOf } from '../../../lib/cost/sheet';
import { decide } from '../../../lib/deployment/decisions';
import { settingsOf } from '../../../lib/deployment/settings';
import { file, PROCESSOR, type Properties, SINK, SOURCE, validate, WORKER } from '../../src/config/files';

export interface Changes {
  readonly source?: Properties;
  readonly processor?: Properties;
  readonly sink?: Properties;
  readonly worker?: Properties;
  /** Of cdk.json. */
  readonly context?: Properties;
}

export function deployment(changes: Changes = {}): Deployment {
  const worker = { ...WORKER, ...changes.worker };
  const { config: pipeline } = validate(
    worker,
    { ...SOURCE, 'table.whitelist': 'prices', ...changes.source },
    { ...PROCESSOR, ...changes.processor },
    { ...SINK, ...changes.sink },
  );
  const { settings, faults } = settingsOf(changes.context ?? {}, () => undefined);
  if (pipeline === undefined || faults.length > 0) throw new Error(`faulty: ${JSON.stringify(faults)}`);
  return { pipeline, settings, decisions: decide(pipeline, settings, file('w', worker)) };
}

export function sheet(rowsPerDay: number, changes: Changes = {}): Sheet {
  return sheetOf(deployment(changes), { rowsPerDay, rowBytes: 300 });
}

export function usdOf({ connectless, anyway, connect }: Sheet, what: string): number | undefined {
  const item = [...connectless, ...anyway, ...connect].find((one) => one.what === what);
  if (item === undefined) throw new Error(`there is no ${what}`);
  return item.usd;
}
