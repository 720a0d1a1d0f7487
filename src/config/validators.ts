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

/** Values that Connect takes in any case of letters. */
export function inAnyCase(...values: readonly string[]): Validator {
  const { valid, check } = oneOf(...values);
  return text(valid, (value) =>
    values.some((known) => known.toLowerCase() === value.toLowerCase()) ? undefined : check(value),
  );
}

/** Classes of Connect: a short name is answered with the full one, any other is refused by name with the reason. */
export function classes(names: readonly string[], reason: string): Validator {
  return text(choice(names.map((name) => `\`${name}\``)), (value) => {
    if (names.includes(value)) return undefined;
    const full = names.find((name) => name.endsWith(`.${value}`));
    if (full !== undefined) return { what: 'is not the full name of the class', write: `write ${full}` };
    return { what: `is not supported (${reason})`, write: `write ${choice(names)}` };
  });
}

/** Java's long, exactly: a number could not hold it. */
export const wholeNumber = text('a whole number of 64 bits', (digits) =>
  isLong(digits) ? undefined : { what: 'is no whole number of 64 bits', write: 'write digits only' },
);

/** BigInt refuses a plus. */
function isLong(digits: string): boolean {
  if (!/^[+-]?\d{1,19}$/.test(digits)) return false;
  const value = BigInt(digits.replace('+', ''));
  return BigInt.asIntN(64, value) === value;
}

/** Connect's -1, and its 0: the property is off. */
export function offOrAtLeast(min: number): Validator {
  return {
    valid: `≥ ${min}, or -1: off`,
    check: (value) =>
      typeof value === 'number' && value < min && value !== 0 && value !== -1
        ? { what: `is less than ${min}`, write: `write a number from ${min}, or -1 to switch it off` }
        : undefined,
  };
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

/** Through Intl; offsets are left out, since Node 20 does not know them. */
export const timeZone = text('a time zone', (zone) =>
  isTimeZone(zone)
    ? undefined
    : { what: 'is no time zone', write: 'write a name such as UTC, Europe/Berlin, or Etc/GMT-2 for +02:00' },
);

function isTimeZone(zone: string): boolean {
  if (/^[+-]/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** Control characters and whole path segments of dots make keys that tools cannot reach. */
export const keyPart = text('no control characters, no `..`', (value) =>
  [...value].some((character) => character < ' ') || value.split('/').some((part) => /^\.{1,2}$/.test(part))
    ? { what: 'would make keys that tools cannot reach', write: 'leave out control characters and segments of dots' }
    : undefined,
);

/** A property whose default is empty: what else it may be. */
export function emptyOr({ valid, check }: Validator): Validator {
  return { valid, check: (value) => (String(value) === '' ? undefined : check(value)) };
}

/** Kafka's rule: org.apache.kafka.common.internals.Topic. */
export function isTopicName(name: string): boolean {
  return /^[\w.-]{1,249}$/.test(name) && name !== '.' && name !== '..';
}

export const topicNames = all(
  notEmpty,
  text('topic names: letters, digits, `.`, `_`, `-`, up to 249', (name) =>
    isTopicName(name)
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
