import { Stack } from 'aws-cdk-lib';
export class MonitoringStack extends Stack { constructor(s: any, id: string, p: any) { super(s, id); } }
