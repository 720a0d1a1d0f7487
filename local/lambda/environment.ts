// The environment variables of a Lambda runtime, and the few of the parent's that a function may see.
import { dirname } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** Beside these, AWS's own variables: credentials, profile, endpoints. On Lambda the role takes their place. */
const inherited = ['PATH', 'HOME', 'NODE_EXTRA_CA_CERTS'];

/**
 * What `name`'s process sees: Lambda's defined runtime variables, `given`, and nothing else of the parent than where its
 * programs, its certificates and its AWS credentials are.
 */
export function runtimeEnvironment(
  { name, bundle, memoryMb }: { name: string; bundle: string; memoryMb: number },
  given: Environment,
  parent: Environment = process.env,
): Environment {
  const fromParent = Object.entries(parent).filter(([key]) => inherited.includes(key) || key.startsWith('AWS_'));
  return {
    AWS_REGION: 'us-east-1',
    // The SDK works on Node 20, and would say nine lines about it at the start of every process.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    // Nobody here reads CloudWatch's lines between the log's; given as false, they are there.
    POWERTOOLS_METRICS_DISABLED: 'true',
    ...Object.fromEntries(fromParent),
    ...given,
    AWS_DEFAULT_REGION: given.AWS_REGION ?? parent.AWS_REGION ?? 'us-east-1',
    AWS_EXECUTION_ENV: `AWS_Lambda_nodejs${process.versions.node.split('.')[0]}.x`,
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    LAMBDA_TASK_ROOT: dirname(bundle),
    _HANDLER: 'index.handler',
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
  };
}
