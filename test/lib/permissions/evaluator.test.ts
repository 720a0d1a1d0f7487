import { describe, expect, test } from '@jest/globals';
import { type Call, decide } from './evaluator';
import { policiesOf } from './policies';
import { resolver } from './resolver';
import { ROLE, smallStacks } from './small-stacks';
import { type JsonObject, resourcesOf, type Stacks, withResource } from './template';

const bucket = 'arn:aws:s3:::data-bucket-a1b2c3';
const topic = (name: string) => `arn:aws:kafka:eu-central-1:111122223333:topic/prices/u-2/${name}`;

function decision(call: Call, ...statements: readonly JsonObject[]) {
  return decisionIn(smallStacks(...statements), call);
}

function decisionIn(stacks: Stacks, call: Call, id = ROLE) {
  const role = resourcesOf(stacks, 'AWS::IAM::Role').find((one) => one.id === id);
  if (role === undefined) throw new Error(`no role ${id}`);
  return decide(policiesOf({ stacks, resolve: resolver(stacks) }, role), call);
}

const allow = (more: JsonObject): JsonObject => ({ Effect: 'Allow', Action: 'a:Do', Resource: '*', ...more });
const deny = (more: JsonObject): JsonObject => ({ ...allow(more), Effect: 'Deny' });
const does = (more: Partial<Call> = {}): Call => ({ action: 'a:Do', resource: topic('x'), ...more });

describe('a call', () => {
  const get = { action: 's3:GetObject', resource: `${bucket}/state/cursor` };

  test('is allowed by a statement that is imported from another stack’s values', () => {
    expect(decision(get)).toEqual({ allowed: true, by: 'Policy #1' });
  });

  test.each<[string, Call]>([
    ['another action', { ...get, action: 's3:PutObject' }],
    ['another key', { ...get, resource: `${bucket}/other/cursor` }],
    ['another bucket', { ...get, resource: `${bucket}x/state/cursor` }],
  ])('is denied when nobody allows %s', (_, call) => {
    expect(decision(call)).toEqual({ allowed: false });
  });

  test('is denied to a role that the policy is not attached to', () => {
    expect(decisionIn(smallStacks(), get, 'Other')).toEqual({ allowed: false });
  });

  test('is denied by one statement, whatever the others allow, and wherever it stands', () => {
    expect(decision(does(), allow({}), deny({ Sid: 'No' }))).toEqual({ allowed: false, by: 'Policy No' });
    expect(decision(does(), deny({ Sid: 'No' }), allow({}))).toEqual({ allowed: false, by: 'Policy No' });
  });

  test('without TLS is denied by the bucket’s own policy', () => {
    const plain = { ...get, context: { 'aws:SecureTransport': 'false' } };
    expect(decision(plain)).toEqual({ allowed: false, by: 'TlsOnly #1' });
  });
});

describe('patterns', () => {
  test.each<[string, JsonObject, Partial<Call>, boolean]>([
    ['* is anything', { Action: 'a:*' }, {}, true],
    ['? is one character', { Action: 'a:D?' }, {}, true],
    ['? is not none', { Action: 'a:Do?' }, {}, false],
    ['actions have no case', { Action: 'A:dO' }, {}, true],
    ['resources have', { Resource: topic('X') }, {}, false],
    ['a point is a point', { Resource: topic('a.b') }, { resource: topic('aXb') }, false],
    ['a wildcard does not leave its part', { Resource: 'arn:aws:*:::x' }, { resource: 'arn:aws:a:b:c:x' }, false],
    ['within its part it does', { Resource: 'arn:aws:kafka:*:*:topic/*' }, {}, true],
    ['NotAction allows all others', { Action: null, NotAction: 'a:Undo' }, {}, true],
    ['NotAction does not allow its own', { Action: null, NotAction: 'a:D*' }, {}, false],
    ['NotResource allows all others', { Resource: null, NotResource: topic('y') }, {}, true],
    ['NotResource does not allow its own', { Resource: null, NotResource: topic('*') }, {}, false],
    ['a call without a resource needs *', { Resource: topic('*') }, { resource: '*' }, false],
  ])('%s', (_, statement, call, allowed) => {
    const { Action, Resource, ...others } = allow(statement);
    const written = { ...others, ...(Action === null ? {} : { Action }), ...(Resource === null ? {} : { Resource }) };
    expect(decision(does(call), written as JsonObject).allowed).toBe(allowed);
  });
});

describe('conditions', () => {
  const context = { 's3:prefix': 'state/a', size: '5' };
  test.each<[string, JsonObject, boolean]>([
    ['equal', { StringEquals: { 's3:prefix': ['b', 'state/a'] } }, true],
    ['not equal', { StringEquals: { 's3:prefix': 'state/' } }, false],
    ['a key without case', { StringEquals: { 'S3:Prefix': 'state/a' } }, true],
    ['like', { StringLike: { 's3:prefix': 'state/*' } }, true],
    ['not like', { StringNotLike: { 's3:prefix': 'state/*' } }, false],
    ['an absent key', { StringEquals: { absent: 'x' } }, false],
    ['an absent key if it exists', { StringEqualsIfExists: { absent: 'x' } }, true],
    ['an absent key, negated', { StringNotEquals: { absent: 'x' } }, true],
    ['absence itself', { Null: { absent: 'true' } }, true],
    ['a number below', { NumericLessThan: { size: 6 } }, true],
    ['a number not below', { NumericLessThan: { size: '5' } }, false],
    ['an ARN', { ArnLike: { arn: 'arn:aws:s3:::*' } }, false],
    ['one of two that does not hold', { StringLike: { 's3:prefix': '*' }, Bool: { size: 'true' } }, false],
  ])('%s', (_, Condition, allowed) => {
    expect(decision(does({ context }), allow({ Condition })).allowed).toBe(allowed);
  });
});

describe('what is not known is refused, since a guess could allow too much', () => {
  test.each<[string, JsonObject, string]>([
    ['operator', { Condition: { DateLessThan: { now: 'x' } } }, 'DateLessThan is not known'],
    ['element', { NotPrincipal: '*' }, 'NotPrincipal is not known'],
    ['policy variable', { Resource: `arn:aws:s3:::b/\${aws:username}` }, 'has a policy variable'],
    ['ARN', { Resource: 'topic/x' }, 'No ARN: topic/x'],
  ])('an %s', (_, statement, message) => {
    expect(() => decision(does(), allow(statement))).toThrow(message);
  });

  test('a managed policy', () => {
    const stacks = smallStacks();
    const [role] = resourcesOf(stacks, 'AWS::IAM::Role');
    if (role === undefined) throw new Error('no role');
    const attach = (ManagedPolicyArns: string[]) =>
      withResource(stacks, role, { ...role.resource, Properties: { ManagedPolicyArns } });
    const logs = { action: 'logs:CreateLogGroup', resource: 'arn:aws:logs:eu-central-1:111122223333:log-group:x' };
    const basic = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
    expect(decisionIn(attach([basic]), logs)).toEqual({ allowed: true, by: `${basic} #1` });
    const unknown = attach(['arn:aws:iam::aws:policy/AdministratorAccess']);
    expect(() => decisionIn(unknown, logs)).toThrow('AdministratorAccess is not known');
  });
});
