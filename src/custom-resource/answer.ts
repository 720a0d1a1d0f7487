// What a custom resource's function answers to the CDK's Provider framework.

export interface Answer {
  /** Another one than before lets CloudFormation send a Delete for the old one. */
  readonly PhysicalResourceId: string;
}
