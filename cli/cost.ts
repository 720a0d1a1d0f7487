// `connectless cost`: what a pipeline costs in a month, from its files.
import { Command } from 'commander';
import { DEFAULT_ROW_BYTES, LOADS, type Load } from '../lib/cost/load';
import { sheetOf } from '../lib/cost/sheet';
import { deploymentOf } from './cost-deployment';
import { sectionsOf } from './cost-sections';
import { costText } from './cost-text';
import { positive } from './kafka-options';
import { collected } from './property-option';

const EXAMPLE = `
Settings of the deployment come from cdk.json of this directory and from -c, as in cdk deploy.

Example:
  $ connectless cost connectors/worker.properties connectors/*.properties
  $ connectless cost connectors/worker.properties connectors/*.properties --rows-per-day 5000000 -c connectless.zones=2

docs/cost.md says what is counted, what is assumed and what is not counted.`;

interface Options {
  readonly rowsPerDay?: number;
  readonly rowBytes: number;
  readonly context?: readonly string[];
}

export function costCommand(): Command {
  return new Command('cost')
    .description('compute what a pipeline costs on AWS in a month, from its files, without connecting to anything')
    .argument('<worker.properties>', "the worker's file")
    .argument('<connector.properties...>', "the connectors' files")
    .option(
      '--rows-per-day <number>',
      'rows that each connector moves (default: three loads, from few to many)',
      positive,
    )
    .option('--row-bytes <number>', "bytes of a record's value in Avro", positive, DEFAULT_ROW_BYTES)
    .option('-c, --context <key=value>', 'a setting of the deployment; can be given several times', collected)
    .addHelpText('after', EXAMPLE)
    .action(run);
}

async function run(
  worker: string,
  connectors: string[],
  { rowsPerDay, rowBytes, context = [] }: Options,
): Promise<void> {
  const deployment = await deploymentOf(worker, connectors, context);
  const loads: readonly Load[] =
    rowsPerDay === undefined ? LOADS.map((load) => ({ ...load, rowBytes })) : [{ rowsPerDay, rowBytes }];
  const sheets = loads.map((load) => sheetOf(deployment, load));
  console.log(costText(sectionsOf(sheets), loads));
}
