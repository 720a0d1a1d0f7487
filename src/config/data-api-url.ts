// Reads jdbc:aws-dataapi://CLUSTER_ARN/DATABASE?secretArn=…: Aurora through the RDS Data API.
import type { Problem } from './report';
import type { DataApiConfig } from './source-model';
import { isPlaceholder } from './validators';

type Parsed<T> = { readonly value: T } | { readonly problem: Problem };

const SCHEME = 'jdbc:aws-dataapi:';
const SECRET = 'secretArn';
const CLUSTER_EXAMPLE = 'arn:aws:rds:us-east-1:123456789012:cluster:NAME';
const SECRET_EXAMPLE = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:NAME';

export function isDataApiUrl(url: string): boolean {
  return url.startsWith(SCHEME);
}

/**
 * A `<placeholder>` in the place of the cluster stands for one that the deployment makes, with its secret: then
 * `secretArn` may be absent, and is a placeholder, too.
 */
export function parseDataApiUrl(url: string): Parsed<DataApiConfig> {
  const [, cluster = '', database = '', query = ''] = PATTERN.exec(url) ?? [];
  const clusterArn = decoded(cluster);
  const problem = clusterProblem(clusterArn) ?? databaseProblem(database) ?? parameterProblem(query);
  if (problem !== undefined) return { problem };
  const secretArn = secretOf(query) ?? (isPlaceholder(clusterArn) ? '<secret>' : '');
  const wrong = secretProblem(secretArn, clusterArn);
  return wrong === undefined ? { value: { clusterArn, secretArn, database: decoded(database) } } : { problem: wrong };
}

/** The ARN of a secret may have slashes and the like, so its parameter is the rest. */
const PATTERN = /^jdbc:aws-dataapi:\/\/([^/?]*)(?:\/([^?]*))?(?:\?(.*))?$/s;

function clusterProblem(arn: string): Problem | undefined {
  if (isPlaceholder(arn) || /^arn:aws[\w-]*:rds:[a-z\d-]+:\d{12}:cluster:[\w-]+$/i.test(arn)) return undefined;
  const write = `write jdbc:aws-dataapi://${CLUSTER_EXAMPLE}/DATABASE?${SECRET}=…`;
  if (/^arn:aws[\w-]*:rds:[^:]*:[^:]*:db:/.test(arn)) {
    return { what: 'names an instance, and the RDS Data API is there for Aurora clusters alone', write };
  }
  return { what: 'has no ARN of an Aurora cluster behind jdbc:aws-dataapi://', write };
}

function databaseProblem(database: string): Problem | undefined {
  return database === ''
    ? { what: 'names no database', write: "write it behind the cluster's ARN, as in …:cluster:NAME/postgres" }
    : undefined;
}

function parameterProblem(query: string): Problem | undefined {
  const other = query.split('&').find((pair) => pair !== '' && !pair.startsWith(`${SECRET}=`));
  if (other === undefined) return undefined;
  const name = other.replace(/=.*$/s, '');
  const known = /^\w{1,40}$/.test(name) ? `a parameter ${name}, which the` : 'a parameter that the';
  return { what: `has ${known} RDS Data API has no use for`, write: `take it out; ${SECRET} is the only one` };
}

function secretOf(query: string): string | undefined {
  const pair = query.split('&').findLast((candidate) => candidate.startsWith(`${SECRET}=`));
  return pair === undefined ? undefined : decoded(pair.slice(SECRET.length + 1));
}

/** The Data API looks for the secret in the cluster's region; a cluster that is made has a secret that is made. */
function secretProblem(arn: string, clusterArn: string): Problem | undefined {
  if (isPlaceholder(clusterArn)) {
    const what = `has a ${SECRET} beside a placeholder: the deployment makes a secret with the cluster`;
    return isPlaceholder(arn) ? undefined : { what, write: 'take it out' };
  }
  const write = `write ?${SECRET}=${SECRET_EXAMPLE} behind the database`;
  if (arn === '') return { what: `has no ${SECRET}, of the secret with user and password`, write };
  const region = /^arn:aws[\w-]*:secretsmanager:([a-z\d-]+):\d{12}:secret:[\w/+=.@!-]+$/i.exec(arn)?.[1];
  if (region === undefined) return { what: `has a ${SECRET} that is no ARN of a secret`, write };
  if (clusterArn.split(':')[3] === region) return undefined;
  return { what: `has a ${SECRET} in another region than the cluster`, write: "name a secret in the cluster's region" };
}

/** A malformed escape stays as it is, which is the name of nothing. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
