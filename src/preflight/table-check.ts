// What is looked at when a table is checked.
import type { SourceConfig } from '../config/source-model';
import type { TableChoice } from '../source/table-choice';
import type { TableFacts } from './facts';

export interface TableCheck {
  readonly facts: TableFacts;
  readonly config: Pick<SourceConfig, 'mode' | 'types' | 'validateNonNull' | 'incrementingColumn' | 'timestampDelayMs'>;
  readonly choice: Pick<TableChoice, 'incrementingColumn' | 'timestampColumns'>;
  /** current_user */
  readonly user: string;
}
