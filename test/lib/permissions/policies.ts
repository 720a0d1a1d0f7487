// Every policy that decides about a role's calls: its own, those attached to it, and those of the resources in the stacks.
import type { Policies } from './evaluator';
import { managedPolicy } from './managed-policies';
import type { Resolve } from './resolver';
import { type Statement, statementsOf } from './statements';
import { type JsonObject, listOf, objectOf, type Placed, resourcesOf, type Stacks, textOf, textsOf } from './template';

interface Reading {
  readonly stacks: Stacks;
  readonly resolve: Resolve;
}

/** Of a role in the stacks. Throws for a policy of a kind that is not evaluated. */
export function policiesOf(reading: Reading, role: Placed): Policies {
  const { Policies: inline, ManagedPolicyArns: managed, PermissionsBoundary: boundary } = propertiesOf(reading, role);
  if (boundary !== undefined) throw new Error(`${role.id}: permissions boundaries are not evaluated`);
  return {
    role: textOf(reading.resolve(role.stack, { 'Fn::GetAtt': [role.id, 'Arn'] })),
    identity: [
      ...listOf(inline).flatMap((policy) => statementsOf(objectOf(policy).PolicyDocument, role.id)),
      ...textsOf(managed).flatMap((arn) => statementsOf(managedPolicy(arn), arn)),
      ...attached(reading, role),
    ],
    resources: resourcePolicies(reading),
  };
}

function attached(reading: Reading, role: Placed): Statement[] {
  const name = reading.resolve(role.stack, { Ref: role.id });
  return resourcesOf(reading.stacks, 'AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy').flatMap(
    (policy) => {
      const { Roles, RoleName, PolicyDocument } = propertiesOf(reading, policy);
      return textsOf(Roles ?? RoleName).some((one) => one === name) ? statementsOf(PolicyDocument, policy.id) : [];
    },
  );
}

/** Of buckets. Others that could deny are not evaluated, and none of our templates has any. */
function resourcePolicies(reading: Reading): Statement[] {
  const [unread] = resourcesOf(reading.stacks, ...UNREAD);
  if (unread !== undefined) throw new Error(`${unread.id}: policies of a ${unread.resource.Type} are not evaluated`);
  const restricted = resourcesOf(reading.stacks, 'AWS::EC2::VPCEndpoint').find(
    ({ resource }) => resource.Properties?.PolicyDocument !== undefined,
  );
  if (restricted !== undefined) throw new Error(`${restricted.id}: policies of endpoints are not evaluated`);
  return resourcesOf(reading.stacks, 'AWS::S3::BucketPolicy').flatMap((policy) =>
    statementsOf(propertiesOf(reading, policy).PolicyDocument, policy.id),
  );
}

const UNREAD = ['AWS::MSK::ClusterPolicy', 'AWS::SecretsManager::ResourcePolicy', 'AWS::S3::AccessPoint'];

function propertiesOf({ resolve }: Reading, { stack, resource }: Placed): JsonObject {
  return objectOf(resolve(stack, resource.Properties ?? {}));
}
