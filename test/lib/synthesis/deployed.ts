// The functions of a synthesis as Lambda would start them: their files, and their environment with plausible values.
import type { Resource, Synthesis } from './synthesis';

export interface Deployed {
  readonly kind: 'source' | 'processor' | 'sink' | 'registry' | 'topics';
  readonly name: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Beside its bundle. */
  readonly files: Readonly<Record<string, string>>;
}

/** What the functions are told at deployment alone. */
const PLAUSIBLE: Readonly<Record<string, string>> = {
  CONNECTLESS_BOOTSTRAP_SERVERS: 'boot-1.example.amazonaws.com:9098,boot-2.example.amazonaws.com:9098',
  CONNECTLESS_STATE_BUCKET: 'made-state-bucket',
  CONNECTLESS_DATA_BUCKET: 'made-data-bucket',
  CONNECTLESS_DATABASE_HOST: 'made.cluster-abc.eu-central-1.rds.amazonaws.com',
  CONNECTLESS_DATABASE_PORT: '5432',
  CONNECTLESS_DATABASE_CLUSTER_ARN: 'arn:aws:rds:eu-central-1:111122223333:cluster:connectless',
  CONNECTLESS_DATABASE_SECRET_ARN: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:DataApiUser-AbCdEf',
};

const KINDS: readonly (readonly [RegExp, Deployed['kind']])[] = [
  [/^Source /, 'source'],
  [/^Processor /, 'processor'],
  [/^Sink /, 'sink'],
  [/^Schema registry/, 'registry'],
  [/^Makes topics/, 'topics'],
];

export function deployedFunctions({ templates, code }: Synthesis): readonly Deployed[] {
  const { Resources = {} } = templates.Pipeline ?? templates.Orders ?? {};
  return Object.values(Resources).flatMap(({ Type, Properties }) => {
    const kind = KINDS.find(([words]) => words.test(String(Properties.Description)))?.[1];
    if (Type !== 'AWS::Lambda::Function' || kind === undefined) return [];
    const files = code[Object(Properties.Code).S3Key] ?? {};
    return [{ kind, name: String(Properties.FunctionName), environment: environmentOf(Properties), files }];
  });
}

function environmentOf({ Environment }: Resource['Properties']): Deployed['environment'] {
  const variables: Readonly<Record<string, unknown>> = Object(Environment).Variables ?? {};
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [name, typeof value === 'string' ? value : plausible(name)]),
  );
}

function plausible(name: string): string {
  const value = PLAUSIBLE[name];
  if (value === undefined) throw new Error(`${name} has no plausible value: add one`);
  return value;
}
