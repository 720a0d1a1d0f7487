// A CloudFormation event as the CDK's provider framework hands it to a custom resource's function.

export function createEvent(type: string, properties: object): object {
  return {
    RequestType: 'Create',
    RequestId: 'request',
    ResponseURL: '...',
    StackId: 'arn:aws:cloudformation:us-east-1:000000000000:stack/Pipeline/0',
    LogicalResourceId: 'Resource',
    ResourceType: type,
    ResourceProperties: { ServiceToken: 'arn:aws:lambda:us-east-1:000000000000:function:provider', ...properties },
  };
}
