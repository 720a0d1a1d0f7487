// Rights that no call here uses, each with its reason.

export interface Explained {
  /** Logical id of the role. */
  readonly role: RegExp;
  /** `action on resource` */
  readonly grant: RegExp;
  readonly reason: string;
}

const CDK = /^(AWS679f53fac002430cb0da5b7982bd2287|\w+Provider)/;

export const EXPLAINED: readonly Explained[] = [
  {
    role: CDK,
    grant: /^logs:CreateLogGroup on \*$/,
    reason: "AWS's basic policy, which the CDK gives its own functions, lets them make the log group that is there.",
  },
  {
    role: CDK,
    grant: /^lambda:InvokeFunction on .*:\*$/,
    reason: 'The CDK lets its framework invoke each version of the function behind it, and there are none.',
  },
];
