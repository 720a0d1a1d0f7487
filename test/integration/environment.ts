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

function variable(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run these tests with \`npx jest --selectProjects integration\`.`);
  return value;
}
