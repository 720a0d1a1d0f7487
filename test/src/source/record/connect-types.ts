// The types that Connect has when nothing is configured.
import type { TypesConfig } from '../../../../src/config/source-model';

export const connectTypes: TypesConfig = {
  numericMapping: 'none',
  timestampGranularity: 'connect_logical',
  timeZone: 'UTC',
  exact: false,
};
