import { isMeterId } from '../../src/usage/meter';

/* Checks whether the page can draw parts of a message from the host. */

export function isListOf<T>(value: unknown, isOne: (one: unknown) => one is T): value is T[];
export function isListOf(value: unknown, isOne: (one: unknown) => boolean): value is unknown[];
export function isListOf(value: unknown, isOne: (one: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isOne);
}

export function isArrayOf(value: unknown, length: number): value is Float64Array {
  return value instanceof Float64Array && value.length === length;
}

export function isPlace(value: unknown, most: number): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= most;
}

export function isMeter(value: unknown): boolean {
  return isText(value) && isMeterId(value);
}

export function isOneOf(all: readonly unknown[], value: unknown): boolean {
  return all.includes(value);
}

export function isNumber(value: unknown): value is number {
  return Number.isFinite(value);
}

export function isText(value: unknown): value is string {
  return typeof value === 'string';
}
