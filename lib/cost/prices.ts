// AWS's list prices in us-east-1, in USD, each with the page that has it and how far it was checked.

export interface Price {
  readonly usd: number;
  /** The price is for so many units. @default 1 */
  readonly units?: number;
  readonly unit: string;
  /** Title of AWS's page. */
  readonly page: string;
  /**
   * `quoted`: other public pages name the same figure; `contested`: they name several; `remembered`: none was found that names it. None was
   * read off AWS's own page.
   */
  readonly checked: 'quoted' | 'contested' | 'remembered';
}

export const PRICES_OF = '2026-11';
export const PRICES_REGION = 'us-east-1';

const quoted = (page: string, usd: number, unit: string, units?: number): Price => ({
  usd,
  unit,
  page,
  checked: 'quoted',
  ...(units === undefined ? {} : { units }),
});
const MILLION = 1_000_000;

export const PRICES = {
  lambdaRequest: quoted('AWS Lambda Pricing', 0.2, 'requests', MILLION),
  lambdaGbSecond: quoted('AWS Lambda Pricing', 0.0000133334, 'GB-second'),
  eventPollerUnit: quoted('AWS Lambda Pricing', 0.185, 'EPU-hour'),
  endpointHour: quoted('AWS PrivateLink pricing', 0.01, 'endpoint-hour'),
  endpointGb: quoted('AWS PrivateLink pricing', 0.01, 'GB through it'),
  natHour: quoted('Amazon VPC Pricing', 0.045, 'NAT gateway-hour'),
  schedule: quoted('Amazon EventBridge Pricing', 1, 'scheduled invocations', MILLION),
  httpApi: quoted('Amazon API Gateway Pricing', 1, 'calls of an HTTP API', MILLION),
  s3Put: quoted('Amazon S3 pricing', 0.005, 'PUT or LIST', 1000),
  s3Get: quoted('Amazon S3 pricing', 0.0004, 'GET', 1000),
  s3GbMonth: quoted('Amazon S3 pricing', 0.023, 'GB-month'),
  logsGb: quoted('Amazon CloudWatch Pricing', 0.5, 'GB of logs'),
  metric: quoted('Amazon CloudWatch Pricing', 0.3, 'metric'),
  dashboard: quoted('Amazon CloudWatch Pricing', 3, 'dashboard'),
  alarmMetric: quoted('Amazon CloudWatch Pricing', 0.1, 'metric of an alarm'),
  kmsKey: quoted('AWS Key Management Service Pricing', 1, 'key'),
  secret: quoted('AWS Secrets Manager Pricing', 0.4, 'secret'),
  mskStorage: quoted('Amazon MSK pricing', 0.1, 'GB-month of records'),
  serverlessCluster: quoted('Amazon MSK pricing', 0.75, 'Serverless cluster-hour'),
  serverlessPartition: quoted('Amazon MSK pricing', 0.0015, 'partition-hour'),
  serverlessIn: quoted('Amazon MSK pricing', 0.1, 'GB in'),
  serverlessOut: quoted('Amazon MSK pricing', 0.05, 'GB out'),
  connectUnit: quoted('Amazon MSK pricing', 0.11, 'MCU-hour'),
  auroraUnit: quoted('Amazon Aurora Pricing', 0.12, 'ACU-hour'),
  dataApiCall: {
    usd: 0.35,
    units: MILLION,
    unit: 'calls of the Data API, each 32 KB of data one',
    page: 'Amazon Aurora Pricing',
    checked: 'remembered',
  },
  rdsGp2MultiAz: {
    usd: 0.23,
    unit: 'GB-month of Multi-AZ disk',
    page: 'Amazon RDS for PostgreSQL Pricing',
    checked: 'remembered',
  },
} as const satisfies Readonly<Record<string, Price>>;

const broker = (usd: number, checked: Price['checked'] = 'quoted'): Price => ({
  usd,
  unit: 'broker-hour',
  page: 'Amazon MSK pricing',
  checked,
});

/** By `connectless.cluster.instance.type`. */
export const BROKER_PRICES: Readonly<Record<string, Price>> = {
  'kafka.t3.small': broker(0.0456, 'contested'),
  'kafka.m5.large': broker(0.21),
  'kafka.m7g.large': broker(0.204),
  'kafka.m7g.xlarge': broker(0.408),
  'kafka.m7g.2xlarge': broker(0.816),
};

/** Multi-AZ, by `connectless.database.instance.type`. */
export const RDS_PRICES: Readonly<Record<string, Price>> = {
  't4g.micro': {
    usd: 0.032,
    unit: 'Multi-AZ instance-hour',
    page: 'Amazon RDS for PostgreSQL Pricing',
    checked: 'remembered',
  },
};
