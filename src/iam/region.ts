// In which region a token is good: the one that the host's name says, else the function's own.
import { ConnectlessError } from '../errors';

type Env = Readonly<Record<string, string | undefined>>;

/** MSK's brokers `….kafka.REGION.amazonaws.com`, its serverless clusters `….kafka-serverless.…`, behind a VPC connection `….vpce.…`. */
const MSK = /\.kafka(?:-serverless)?\.([a-z0-9-]+)(?:\.vpce)?\.amazonaws\.com(?:\.cn)?$/;
/** RDS and Aurora `….REGION.rds.amazonaws.com`, in China `….rds.REGION.amazonaws.com.cn`. */
const RDS = /\.([a-z0-9-]+)\.rds\.amazonaws\.com$|\.rds\.([a-z0-9-]+)\.amazonaws\.com\.cn$/;

/** Throws CONFIG_INVALID. */
export function kafkaRegion(brokers: readonly string[], env: Env = process.env): string {
  const named = brokers.map((broker) => MSK.exec(broker.replace(/:\d+$/, ''))?.[1]);
  return named.find((region) => region !== undefined) ?? ownRegion(env, `the brokers ${brokers.join(', ')}`);
}

/** Of a database of RDS or Aurora. */
export function isRdsHost(host: string): boolean {
  return RDS.test(host);
}

/** Throws CONFIG_INVALID. */
export function databaseRegion(host: string, env: Env = process.env): string {
  const [, region, inChina] = RDS.exec(host) ?? [];
  return region ?? inChina ?? ownRegion(env, `the host ${host}`);
}

function ownRegion(env: Env, what: string): string {
  const region = env.AWS_REGION || env.AWS_DEFAULT_REGION;
  if (region) return region;
  throw new ConnectlessError(
    'CONFIG_INVALID',
    `To log in with IAM a region is needed, and the name of ${what} has none: set AWS_REGION.`,
  );
}
