#!/usr/bin/env node
// The command `connectless`: runs the TypeScript of the checkout as it is.
import('tsx').then(() => require('../cli/main.ts'));
