// CloudFormation's events, as the CDK's Provider framework hands them on.
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';

type Properties = Readonly<Record<string, unknown>>;

const common = {
  ServiceToken: 'arn:aws:lambda:eu-central-1:1:function:f',
  ResponseURL: 'https://example.com',
  StackId: 'stack',
  RequestId: 'request',
  LogicalResourceId: 'Resource',
  ResourceType: 'Custom::Resource',
} as const;
const withToken = (properties: Properties) => ({ ServiceToken: common.ServiceToken, ...properties });

export function createEvent(properties: Properties): CloudFormationCustomResourceEvent {
  return { ...common, RequestType: 'Create', ResourceProperties: withToken(properties) };
}

export function updateEvent(before: Properties, properties: Properties): CloudFormationCustomResourceEvent {
  return {
    ...common,
    RequestType: 'Update',
    PhysicalResourceId: 'before',
    OldResourceProperties: withToken(before),
    ResourceProperties: withToken(properties),
  };
}

export function deleteEvent(id: string, properties: Properties = {}): CloudFormationCustomResourceEvent {
  return { ...common, RequestType: 'Delete', PhysicalResourceId: id, ResourceProperties: withToken(properties) };
}
