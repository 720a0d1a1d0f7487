// The functions of a synthesis: their role, environment and files, with all that AWS would put in resolved.
import type { LambdaName } from '../../../lib/bundling';
import type { Synthesis } from '../synthesis/synthesis';
import type { Resolve } from './resolver';
import { stacksOf } from './synthesised';
import { objectOf, resourcesOf, textOf } from './template';

export interface DeployedFunction {
  readonly kind: LambdaName;
  readonly name: string;
  readonly arn: string;
  /** ARN of its role. */
  readonly role: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Its code's files by name; those that are no text by their hash. */
  readonly files: Readonly<Record<string, string>>;
}

/** By the words that their descriptions begin with. */
const KINDS: readonly (readonly [words: string, kind: LambdaName])[] = [
  ['Source ', 'source'],
  ['Processor ', 'processor'],
  ['Sink ', 'sink'],
  ['Schema registry', 'registry'],
  ['Makes topics', 'topics'],
  ["Makes the source's user", 'bootstrap'],
  ['Asks sources', 'preflight'],
];

export function deployedFunctions(synthesis: Synthesis, resolve: Resolve): DeployedFunction[] {
  return resourcesOf(stacksOf(synthesis), 'AWS::Lambda::Function').flatMap(({ stack, id, resource }) => {
    const { Description, FunctionName, Role, Environment, Code } = objectOf(resolve(stack, resource.Properties ?? {}));
    const kind = KINDS.find(([words]) => String(Description ?? '').startsWith(words))?.[1];
    if (kind === undefined) return [];
    const variables = Object.entries(Environment === undefined ? {} : objectOf(objectOf(Environment).Variables));
    return [
      {
        kind,
        name: textOf(FunctionName),
        arn: textOf(resolve(stack, { 'Fn::GetAtt': [id, 'Arn'] })),
        role: textOf(Role),
        environment: Object.fromEntries(variables.map(([name, value]) => [name, textOf(value)])),
        files: synthesis.code[textOf(objectOf(Code).S3Key)] ?? {},
      },
    ];
  });
}
