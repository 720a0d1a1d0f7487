// The validated configuration of a whole pipeline.
import type { ProcessorConfig, WorkerConfig } from './model';
import type { SinkConfig } from './sink-model';
import type { SourceConfig } from './source-model';

export type ConnectorConfig = SourceConfig | SinkConfig | ProcessorConfig;

/** One deployment: what a worker's and its connectors' files say together. */
export interface PipelineConfig {
  readonly worker: WorkerConfig;
  readonly connectors: readonly ConnectorConfig[];
}
