// Writes docs/cost.md from the cost model and the tutorial's files: `tsx cli/cost-page.ts`.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ASSUMED } from '../lib/cost/assumptions';
import { numberText, priceText, sumOf } from '../lib/cost/item';
import { DEFAULT_ROW_BYTES, LOADS, type Load } from '../lib/cost/load';
import { BROKER_PRICES, PRICES, PRICES_OF, PRICES_REGION, type Price, RDS_PRICES } from '../lib/cost/prices';
import { type Deployment, sheetOf } from '../lib/cost/sheet';
import { deploymentOf } from './cost-deployment';
import { dollars, type Line, loadName, type Section, sectionsOf } from './cost-sections';
import { BROKERS, VARIANTS, type Variant, withLargeFiles } from './cost-variants';

const INTRODUCTION = `# Cost

Generated from the cost model in \`lib/cost/\` by \`npm run docs\`: change that, not this page. For your own files:

\`\`\`
npx connectless cost connectors/worker.properties connectors/*.properties --rows-per-day 5000000
\`\`\`

Settings of the deployment come from \`cdk.json\` and from \`-c\`, as in \`cdk deploy\`. A bill is a model of what the code does: the requests to S3, the
polls and the times of a source are held against the code itself by tests, the number of endpoints, schedules and alarms against the templates. What
is assumed is [listed](#assumptions), and so is what is [not counted](#not-counted).

## A month

In USD, at list prices of ${PRICES_REGION} as of ${PRICES_OF}, without free tiers. The tutorial's files: one source, one processor, one sink, each moving the rows; a record has
${DEFAULT_ROW_BYTES} bytes; rows come evenly over the day. The first load has the tutorial's \`flush.size=3\`, the others \`flush.size=10000\`.`;

const AFTER_TABLE = `**MSK Connect in its place** is two connectors, JDBC source and S3 sink, with one worker of one MCU each, the least that there is; whether one keeps up with the largest load
depends on the records. Kafka Connect has nothing like the processor, which copies records between topics: without it, Connectless costs less than the table says. The
workers have no public address: a registry, a secret or a database outside of the VPC is reached through NAT gateways (one in each zone here), or through interface endpoints.
Connectless' functions need neither; its pollers need the two endpoints that are counted.

**Paid with either** is there with Kafka Connect as well, and only where the deployment makes it.`;

/** Of the largest load, in the tutorial's two topics. */
const WEEK_GB = (2 * 7 * Math.max(...LOADS.map(({ rowsPerDay }) => rowsPerDay)) * DEFAULT_ROW_BYTES) / 1e9;
const FREE_LAMBDA = dollars(400_000 * PRICES.lambdaGbSecond.usd + PRICES.lambdaRequest.usd);

const DOMINATES = `## What dominates, and what changes it

- **Idle**, it is the two interface endpoints through which pollers on demand reach Lambda and STS, and the source, which stays for nearly the whole minute to poll every
  \`poll.interval.ms\`. With 60,000 or more, it stays for one poll.
- **Under load**, it is the number of requests to S3: an event writes the state of each partition that it has records of, a poll that finds rows writes
  twice and more. Fewer, larger events come from a longer \`connectless.trigger.batch.window.ms\` or \`poll.interval.ms\`, at the price of later files.
- **Files** cost by their number: a \`flush.size\` of three records at the largest load costs more than all the rest together. In Kafka Connect small ones cost three
  times as much, since its sink makes each file by a multipart upload.
- **Provisioned mode** replaces the endpoints by at least one event poller unit. All triggers share its ten pollers.

What Connectless costs with one change at a time:`;

const NOT_COUNTED = `## Not counted

- Free tiers: of each account's month, they would take a million requests and 400,000 GB-seconds of Lambda ($${FREE_LAMBDA}), and all schedules.
- What you store: the files (${priceText(PRICES.s3GbMonth)}), the database, more of the brokers' disks than \`connectless.cluster.storage.gib\`. Each broker
  has a copy of every record for a week: at the largest load ${numberText(WEEK_GB)} GB of both topics, so that load needs more.
- Data between zones: records travel between brokers, functions and pollers in different zones much as they travel between brokers and Connect's workers.
- Logs of others, at ${priceText(PRICES.logsGb)}: the brokers', Postgres', the VPC's flow log, the registry's access log. None of them was measured.
- Capacity of Aurora above its least, which your own inserts ask for. It never pauses: the source polls it.
- Pollers above \`connectless.trigger.pollers\`' least, in peaks; retries; cold starts; deployments.
- \`?\` in a bill: the price of that type of broker or database is not in \`lib/cost/prices.ts\`.`;

const PRICES_INTRODUCTION = `## Prices

As of ${PRICES_OF}, ${PRICES_REGION}. None was read off AWS's own pages: \`quoted\` means that other public pages name the same figure, \`contested\` that they name several, \`remembered\` that none was
found. Check them on AWS's pages before you rely on a sum, and for other regions.`;

const TUTORIAL = ['connect-postgresql', 'processor', 's3-sink'].map((name) => `connectors/${name}.properties`);

/** The whole page. */
export async function costPage(): Promise<string> {
  const tutorial = await deploymentOf('connectors/worker.properties', TUTORIAL, []);
  const sheets = LOADS.map((load, index) => sheetOf(forLoad(tutorial, index), load));
  const sections = sectionsOf(sheets);
  return `${[
    INTRODUCTION,
    table(['', ...LOADS.map(loadName)], sections.flatMap(sectionRows)),
    AFTER_TABLE,
    DOMINATES,
    table(
      ['', ...LOADS.map(loadName)],
      VARIANTS.map((variant) => variantRow(tutorial, variant)),
    ),
    '## Brokers',
    table(
      ['', ...LOADS.map(loadName)],
      BROKERS.map((variant) => brokersRow(tutorial, variant)),
    ),
    'With `kafka.t3.small` brokers, the cluster keeps its metadata in ZooKeeper, and a broker takes four new IAM connections a second; their price is [contested](#prices).',
    '## Formulas',
    'A month has 730 hours, as in AWS’s own calculator. Behind each line of the table, what it is computed from, and the properties and settings that change it.',
    sections.flatMap(({ lines }) => lines.flatMap(explanation)).join('\n'),
    '## Assumptions',
    textTable(
      ['', 'what', 'because'],
      Object.values(ASSUMED).map(({ value, unit, what, because }) => [`${value} ${unit}`, what, because]),
    ),
    NOT_COUNTED,
    PRICES_INTRODUCTION,
    textTable(['price', 'page', 'checked'], priceRows()),
  ].join('\n\n')}\n`;
}

type Rows = readonly (readonly string[])[];

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

/** Its amounts to the right. */
function table(head: readonly string[], rows: Rows): string {
  return [row(head), `|${head.map((_, index) => (index === 0 ? '---' : '---:')).join('|')}|`, ...rows.map(row)].join(
    '\n',
  );
}

function textTable(head: readonly string[], rows: Rows): string {
  return [row(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(row)].join('\n');
}

function sectionRows({ title, lines }: Section): Rows {
  return [[`**${title}**`, ...LOADS.map(() => '')], ...lines.map(lineRow)];
}

function lineRow({ what, amounts, explained }: Line): readonly string[] {
  const bold = (text: string) => (explained === undefined ? `**${text}**` : text);
  return [bold(what), ...amounts.map(bold)];
}

function explanation({ what, explained }: Line): readonly string[] {
  if (explained === undefined) return [];
  const { formulas, knobs } = explained;
  const changes = knobs.length === 0 ? '' : ` Changes with ${knobs.map((knob) => `\`${knob}\``).join(', ')}.`;
  const [only] = formulas;
  if (formulas.length === 1) return [`- **${what}**: ${only?.text}.${changes}`];
  return [`- **${what}**.${changes}`, ...formulas.map(({ load, text }) => `  - ${load}: ${text}`)];
}

/** With one load's own `flush.size`, unless it is the change. */
function variantRow(tutorial: Deployment, { what, of }: Variant): readonly string[] {
  return [what, ...LOADS.map((load, index) => dollars(sumOf(sheetOf(of(forLoad(tutorial, index)), load).connectless)))];
}

function brokersRow(tutorial: Deployment, { what, of }: Variant): readonly string[] {
  const brokers = (load: Load) => sheetOf(of(tutorial), load).anyway.filter((item) => item.what.startsWith('MSK'));
  return [what, ...LOADS.map((load) => dollars(sumOf(brokers(load))))];
}

function forLoad(tutorial: Deployment, index: number): Deployment {
  return index === 0 ? tutorial : withLargeFiles(tutorial);
}

function priceRows(): Rows {
  const named: readonly (readonly [string, Price])[] = [
    ...Object.values(PRICES).map((price) => ['', price] as const),
    ...Object.entries({ ...BROKER_PRICES, ...RDS_PRICES }).map(([type, price]) => [` of ${type}`, price] as const),
  ];
  return named.map(([of, price]) => [`${priceText(price)}${of}`, price.page, price.checked]);
}

if (require.main === module) {
  void costPage().then((page) => writeFileSync(join(__dirname, '..', 'docs', 'cost.md'), page));
}
