// What AWS's Advanced JDBC Wrapper adds to a connection URL: the login with IAM, and nothing else of it.
import type { PostgresConfig } from './model';
import type { Problem } from './report';
import { isRegion } from './validators';

const PLUGINS = 'wrapperPlugins';
const REGION = 'iamRegion';

export const WRAPPER_PARAMETERS: readonly string[] = [PLUGINS, REGION];

const REFUSED: Readonly<Record<string, string>> = {
  iamHost: 'the token is signed for the host of the URL',
  iamDefaultPort: 'the token is signed for the port of the URL',
  iamExpiration: 'each connection gets a token of its own',
  iamAccessTokenPropertyName: 'the token is always the password',
};

/** Undefined for a parameter that is nobody's of the wrapper, or one that is read. */
export function refusedParameter(name: string): Problem | undefined {
  const why =
    REFUSED[name] ??
    (/^wrapper[A-Z]\w{0,40}$/.test(name) ? 'of the wrapper, only the login with IAM is built in' : undefined);
  if (why === undefined || WRAPPER_PARAMETERS.includes(name)) return undefined;
  return { what: `has a parameter ${name}, which is not supported (${why})`, write: 'take it out' };
}

/** `isWrapped`: the URL begins with jdbc:aws-wrapper:. Answers undefined when it has no login with IAM. */
export function parseIam(
  isWrapped: boolean,
  parameters: ReadonlyMap<string, string>,
  sslMode: PostgresConfig['sslMode'],
): { value: PostgresConfig['iam'] } | { problem: Problem } {
  const given = WRAPPER_PARAMETERS.find((name) => parameters.has(name));
  if (!isWrapped) {
    if (given === undefined) return { value: undefined };
    const what = `has a parameter ${given}, which belongs to AWS's JDBC wrapper`;
    return { problem: { what, write: 'write jdbc:aws-wrapper:postgresql:// at its beginning' } };
  }
  const problem =
    pluginProblem(parameters) ?? tlsProblem(sslMode) ?? passwordProblem(parameters) ?? regionProblem(parameters);
  const region = parameters.get(REGION);
  return problem === undefined ? { value: region === undefined ? {} : { region } } : { problem };
}

function pluginProblem(parameters: ReadonlyMap<string, string>): Problem | undefined {
  const plugins = parameters.get(PLUGINS);
  if (plugins === 'iam') return undefined;
  const what = plugins === undefined ? `has no ${PLUGINS}` : `has other ${PLUGINS} than iam`;
  return { what, write: `write ${PLUGINS}=iam, the one that is supported, or jdbc:postgresql:// at its beginning` };
}

function tlsProblem(sslMode: PostgresConfig['sslMode']): Problem | undefined {
  if (sslMode !== 'disable' && sslMode !== 'prefer') return undefined;
  const what = 'logs in with IAM and does not insist on TLS, so the token could go in the clear';
  return { what, write: 'write sslmode=verify-full' };
}

function passwordProblem(parameters: ReadonlyMap<string, string>): Problem | undefined {
  if (!parameters.has('password')) return undefined;
  return { what: 'has a password beside the login with IAM, whose token is the password', write: 'take it out' };
}

function regionProblem(parameters: ReadonlyMap<string, string>): Problem | undefined {
  const region = parameters.get(REGION);
  if (region === undefined || isRegion(region)) return undefined;
  return { what: `has an ${REGION} that is no region of AWS`, write: 'write for example us-east-1' };
}
