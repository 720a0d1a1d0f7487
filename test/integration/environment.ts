// The servers that jest's global set-up started, or that the environment names.

export interface Environment {
  /** `postgresql://user:password@host:port/database`: for tables, take a `freshDatabase`. */
  readonly postgresUrl: string;
  /** `host:port`, several with commas: `bootstrap.servers`. */
  readonly kafkaBrokers: string;
  /** `http://host:port`; credentials are in the environment. */
  readonly s3Endpoint: string;
}

export function environment(): Environment {
  return {
    postgresUrl: variable('CONNECTLESS_POSTGRES_URL'),
    kafkaBrokers: variable('CONNECTLESS_KAFKA'),
    s3Endpoint: variable('CONNECTLESS_S3_ENDPOINT'),
  };
}

/** Lets this process and those that it starts find them, with credentials that any LocalStack takes. */
export function announce({ postgresUrl, kafkaBrokers, s3Endpoint }: Environment): void {
  process.env.CONNECTLESS_POSTGRES_URL = postgresUrl;
  process.env.CONNECTLESS_KAFKA = kafkaBrokers;
  process.env.CONNECTLESS_S3_ENDPOINT = s3Endpoint;
  process.env.AWS_REGION ??= 'us-east-1';
  process.env.AWS_ACCESS_KEY_ID ??= 'test';
  process.env.AWS_SECRET_ACCESS_KEY ??= 'test';
}

function variable(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run these tests with \`npx jest --selectProjects integration\`.`);
  return value;
}
