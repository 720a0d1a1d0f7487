// The tutorial's deployment on this machine: its functions with users of their own, and recorders on every way out.
import { join } from 'node:path';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import type { LambdaName } from '../../../lib/bundling';
import { type EventSource, startEventSource } from '../../../local/event-source/event-source';
import type { LambdaFunction } from '../../../local/lambda/function';
import { type DeployedFunction, deployedFunctions } from '../../lib/permissions/deployed-functions';
import type { Call } from '../../lib/permissions/evaluator';
import { mskCalls, operationsOf } from '../../lib/permissions/kafka-calls';
import { PLACE, type Resolve, resolver } from '../../lib/permissions/resolver';
import { stacksOf } from '../../lib/permissions/synthesised';
import { resourceOf, type Stacks, textOf } from '../../lib/permissions/template';
import { type Synthesis, synthesis } from '../../lib/synthesis/synthesis';
import { environment } from '../environment';
import { freshName } from '../fresh-topic';
import { temporaryDirectory } from '../temporary-directory';
import { type DataApiRecorder, startDataApiRecorder } from './data-api-recorder';
import { databaseLogin } from './database-login';
import { type LambdaRecorder, startLambdaRecorder } from './lambda-recorder';
import { type S3Recorder, startS3Recorder } from './s3-recorder';
import { startHere } from './start-here';
import { loginOf, loginProperties, startWatchedKafka, type WatchedKafka } from './watched-kafka';

/** Functions that log in to Kafka. */
const LOG_IN: readonly LambdaName[] = ['source', 'processor', 'topics'];
/** The sink's trigger does, with the sink's role. */
const USERS = [...LOG_IN, 'sink'];

interface Step {
  readonly connector?: Readonly<Record<string, string>>;
  /** Where its process dies, once. */
  readonly fault?: string;
  readonly timeoutMs?: number;
}

export interface Stage {
  readonly made: Synthesis;
  readonly stacks: Stacks;
  readonly resolve: Resolve;
  readonly kafka: WatchedKafka;
  /** Of somebody whom nobody watches. */
  readonly s3: S3Client;
  readonly stateBucket: string;
  readonly dataBucket: string;
  readonly log: readonly string[];
  deployed(kind: LambdaName): DeployedFunction;
  /** A new process of the kind's function. */
  start(kind: LambdaName, step?: Step): Promise<LambdaFunction>;
  /** The trigger of a kind's function, as its role. */
  trigger(kind: 'processor' | 'sink', group: string, topic: string, one: LambdaFunction): EventSource;
  /** What IAM would be asked about each function, by the ARN of its role. */
  calls(): ReadonlyMap<string, readonly Call[]>;
  close(): Promise<void>;
}

interface Recorders {
  readonly s3: ReadonlyMap<LambdaName, S3Recorder>;
  readonly dataApi: DataApiRecorder;
  readonly lambda: LambdaRecorder;
}

export async function openStage(): Promise<Stage> {
  const made = await synthesis('defaults');
  const stacks = stacksOf(made);
  const resolve = resolver(stacks, { ...PLACE, region: 'us-east-1', run: freshName('run') });
  const functions = deployedFunctions(made, resolve);
  const deployed = (kind: LambdaName) => functionOf(functions, kind);
  const kafka = await startWatchedKafka(USERS);
  const recorders = await startRecorders(functions);
  const s3 = new S3Client({ endpoint: environment().s3Endpoint, forcePathStyle: true });
  const { CONNECTLESS_STATE_BUCKET: stateBucket = '', CONNECTLESS_DATA_BUCKET: dataBucket = '' } =
    deployed('sink').environment;
  for (const Bucket of [stateBucket, dataBucket]) await s3.send(new CreateBucketCommand({ Bucket }));
  const log: string[] = [];

  return {
    ...{ made, stacks, resolve, kafka, s3, stateBucket, dataBucket, log, deployed },
    start: async (kind, { connector = {}, fault, timeoutMs = 60_000 } = {}) =>
      startHere(deployed(kind), {
        environment: { ...addresses(kind, kafka, recorders), ...(await faultAt(fault)) },
        worker: LOG_IN.includes(kind) ? { ...loginProperties(kind), 'request.timeout.ms': '1000' } : {},
        connector,
        timeoutMs,
        onLog: (line) => log.push(line),
      }),
    trigger: (kind, groupId, topic, one) =>
      startEventSource({
        kafka: loginOf(kind, kafka.brokers),
        groupId,
        topics: [topic],
        invoke: one.invoke,
        onFailure: (error) => log.push(String(error)),
      }),
    calls: () => {
      const login = databaseLogin(deployed('source'), stacks, resolve);
      return callsByRole(functions, recorders, kafka.log(), clusterArn(stacks, resolve), login);
    },
    async close() {
      await Promise.all(
        [...recorders.s3.values(), recorders.dataApi, recorders.lambda].map((recorder) => recorder.close()),
      );
      await kafka.stop();
    },
  };
}

async function startRecorders(functions: readonly DeployedFunction[]): Promise<Recorders> {
  const started = functions.map(async ({ kind }) => [kind, await startS3Recorder(environment().s3Endpoint)] as const);
  return {
    s3: new Map(await Promise.all(started)),
    dataApi: await startDataApiRecorder(),
    lambda: await startLambdaRecorder(),
  };
}

function functionOf(functions: readonly DeployedFunction[], kind: LambdaName): DeployedFunction {
  const found = functions.find((one) => one.kind === kind);
  if (found === undefined) throw new Error(`No ${kind} is deployed`);
  return found;
}

async function faultAt(fault: string | undefined): Promise<Readonly<Record<string, string>>> {
  if (fault === undefined) return {};
  return { CONNECTLESS_FAULT: fault, CONNECTLESS_FAULT_MARK: join(await temporaryDirectory(), 'killed') };
}

function addresses(kind: LambdaName, kafka: WatchedKafka, { s3, dataApi, lambda }: Recorders) {
  return {
    CONNECTLESS_BOOTSTRAP_SERVERS: kafka.brokers,
    AWS_ENDPOINT_URL_S3: s3.get(kind)?.endpoint ?? '',
    AWS_ENDPOINT_URL_RDS_DATA: dataApi.endpoint,
    AWS_ENDPOINT_URL_LAMBDA: lambda.endpoint,
  };
}

function clusterArn(stacks: Stacks, resolve: Resolve): string {
  const { stack, id } = resourceOf(stacks, 'AWS::MSK::Cluster');
  return textOf(resolve(stack, { 'Fn::GetAtt': [id, 'Arn'] }));
}

function callsByRole(
  functions: readonly DeployedFunction[],
  { s3, dataApi, lambda }: Recorders,
  log: string,
  cluster: string,
  login: Call,
): Map<string, readonly Call[]> {
  const invocation = (name: string): Call => ({
    action: 'lambda:InvokeFunction',
    resource: functions.find((one) => one.name === name)?.arn ?? name,
  });
  const callsOf = ({ kind }: DeployedFunction): readonly Call[] => [
    ...(s3.get(kind)?.calls() ?? []),
    ...operationsOf(log, kind).flatMap((operation) => mskCalls(operation, cluster)),
    ...(kind === 'bootstrap' ? dataApi.calls() : []),
    ...(kind === 'source' ? [login] : []),
    ...(kind === 'preflight' ? lambda.invoked.map(invocation) : []),
  ];
  return new Map(functions.map((one) => [one.role, callsOf(one)]));
}
