// The partitioner that a configuration names.
import type { PartitionerConfig } from '../../config/sink-model';
import { fieldPartitioner } from './field';
import type { Partitioner, Place } from './partitioner';
import { timePartitioner } from './time';

/**
 * Throws CONFIG_INVALID for a `path.format`, a locale or a time zone that cannot be used.
 * @param delimiter `directory.delim`, which stands between the directories of fields; that of a time stand in its pattern
 */
export function partitionerOf(config: PartitionerConfig, delimiter = '/'): Partitioner {
  switch (config.kind) {
    case 'default':
      return defaultPartitioner();
    case 'field':
      return fieldPartitioner(config.fields, delimiter);
    case 'time':
      return timePartitioner(config);
  }
}

/** One place for each partition, made once: it is asked for with every record. */
function defaultPartitioner(): Partitioner {
  const places: Place[] = [];
  return ({ partition }) => {
    let place = places[partition];
    if (place === undefined) {
      place = { directory: `partition=${partition}` };
      places[partition] = place;
    }
    return place;
  };
}
