// Says of a call whether policies allow it, as IAM does: nothing is allowed but what a statement allows and none denies.
import { type Context, conditionsHold } from './conditions';
import { matchesAction, matchesArn } from './matching';
import type { Patterns, Statement } from './statements';

export interface Call {
  /** `service:Action` */
  readonly action: string;
  /** ARN, or `*` where the action knows no resource. */
  readonly resource: string;
  readonly context?: Context;
}

export interface Policies {
  /** ARN of the role that calls. */
  readonly role: string;
  /** Of the role. */
  readonly identity: readonly Statement[];
  /** Of resources in the same account. */
  readonly resources: readonly Statement[];
}

export interface Decision {
  readonly allowed: boolean;
  /** The statement that decided; absent: none said anything. */
  readonly by?: string;
}

/** What every request over TLS has, as the functions' all are. */
const CONTEXT: Context = { 'aws:SecureTransport': 'true', 's3:TlsVersion': '1.3' };

export function decide({ role, identity, resources }: Policies, call: Call): Decision {
  const context = { ...CONTEXT, ...call.context };
  const aboutCall = (statement: Statement) => applies(statement, call, context);
  const said = [...identity.filter(aboutCall), ...resources.filter((one) => isAbout(one, role)).filter(aboutCall)];
  const decisive = said.find(({ effect }) => effect === 'Deny') ?? said[0];
  if (decisive === undefined) return { allowed: false };
  return { allowed: decisive.effect === 'Allow', by: decisive.origin };
}

function applies(statement: Statement, { action, resource }: Call, context: Context): boolean {
  return (
    isAmong(statement.actions, (pattern) => matchesAction(pattern, action)) &&
    isAmong(statement.resources, (pattern) => matchesArn(pattern, resource)) &&
    conditionsHold(statement, context)
  );
}

function isAmong({ not, patterns }: Patterns, matchesPattern: (pattern: string) => boolean): boolean {
  return patterns.some(matchesPattern) !== not;
}

/** What a policy allows to the account, the account's own policies hand on; what it denies to the account, nobody in it may. */
function isAbout({ principals = [], effect }: Statement, role: string): boolean {
  const account = role.replace(/:role\/.*$/, ':root');
  return principals.some((one) => one === '*' || one === role || (effect === 'Deny' && one === account));
}
