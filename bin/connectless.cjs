#!/usr/bin/env node
// The command `connectless`: runs the TypeScript of the checkout as it is.

// What the AWS SDK will need one day is not what a user of this command should read each time.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
import('tsx').then(() => require('../cli/main.ts'));
