// Validators that several properties share: ranges, choices, names of topics, addresses.
import type { Validator } from './definition';
import type { Problem } from './report';

export function atLeast(min: number): Validator {
  return {
    valid: `≥ ${min}`,
    check: (value) =>
      typeof value === 'number' && value < min
        ? { what: `is less than ${min}`, write: `write a number from ${min}` }
        : undefined,
  };
}

export function atMost(max: number): Validator {
  return {
    valid: `≤ ${max}`,
    check: (value) =>
      typeof value === 'number' && value > max
        ? { what: `is more than ${max}`, write: `write a number up to ${max}` }
        : undefined,
  };
}

/** A check of a text, or of each element of a list. */
export function text(valid: string, check: (text: string) => Problem | undefined): Validator {
  return {
    valid,
    check: (value) => {
      const texts = typeof value === 'string' ? [value] : Array.isArray(value) ? value : [];
      return texts.map(check).find((problem) => problem !== undefined);
    },
  };
}

export function oneOf(...values: readonly string[]): Validator {
  return supported(values, [], '');
}

/** Values of the real connector beyond these are refused as such, not as misspelt. */
export function supported(values: readonly string[], later: readonly string[], reason: string): Validator {
  const write = `write ${choice(values)}`;
  return text(choice(values), (value) => {
    if (values.includes(value)) return undefined;
    if (later.includes(value)) return { what: `is not supported yet (${reason})`, write };
    return { what: `is none of ${[...values, ...later].map(named).join(', ')}`, write };
  });
}

/** Only one class is there; any other is refused by name with the reason. */
export function onlyClass(name: string, reason: string): Validator {
  return text(`\`${name}\``, (value) =>
    value === name ? undefined : { what: `is not supported (${reason})`, write: `write ${name}` },
  );
}

export const notEmpty: Validator = {
  valid: 'not empty',
  check: (value) => {
    const lacks = Array.isArray(value) ? value.length === 0 || value.includes('') : value === '';
    return lacks ? { what: 'lacks a value', write: 'write one, or delete the line' } : undefined;
  },
};

export function all(...validators: readonly Validator[]): Validator {
  return {
    valid: validators.map(({ valid }) => valid).join(', '),
    check: (value) => validators.map(({ check }) => check(value)).find((problem) => problem !== undefined),
  };
}

/** `<anything>`: the deployment fills it in. */
export function isPlaceholder(value: string): boolean {
  return /^<[^<>]+>$/.test(value);
}

/** `us-east-1`, `us-gov-west-1`. */
export function isRegion(value: string): boolean {
  return /^[a-z]{2}(-[a-z]+)+-\d$/.test(value);
}

/** Kafka's rule for the name of a topic: org.apache.kafka.common.internals.Topic. */
export const topicNames = all(
  notEmpty,
  text('topic names: letters, digits, `.`, `_`, `-`, up to 249', (name) =>
    /^[\w.-]{1,249}$/.test(name) && name !== '.' && name !== '..'
      ? undefined
      : { what: 'is no name of a topic', write: 'use letters, digits, ".", "_" and "-", up to 249' },
  ),
);

export const hostsAndPorts = all(
  notEmpty,
  text('`host:port`, or `<placeholder>` that the deployment fills in', (address) =>
    isPlaceholder(address) || /^([\w.-]+|\[[0-9a-f:.]+\]|<[^<>]+>):\d{1,5}$/i.test(address)
      ? undefined
      : { what: 'is not host:port', write: 'write for example localhost:9092' },
  ),
);

function choice(values: readonly string[]): string {
  return values.map(named).join(' or ');
}

function named(value: string): string {
  return value === '' ? '(empty)' : value;
}
