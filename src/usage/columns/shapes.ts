import type { Machine, MachineShape } from '../bucket';
import type { EpochMs } from '../time';
import { shapeKey, startAt, type UsageColumns } from './columns';
import type { Grouping } from './series';

/** Groups compute rows by their own shape. */
export const byShape: Grouping = ({ shapes, shape }) => {
  const keys = [...shapes.map(shapeKey), ''];
  return { keys, indexOf: (row) => (shape[row] === -1 ? shapes.length : (shape[row] ?? shapes.length)) };
};

/** From when on a machine had the shape with this {@link shapeKey}. */
interface Change {
  readonly from: EpochMs;
  readonly key: string;
}

/** All shapes, and which shape each machine had at what time. */
export class ShapeHistory {
  /** By {@link shapeKey}. */
  readonly shapes = new Map<string, MachineShape>();
  /** By machine, in time order. */
  readonly #changes = new Map<string, Change[]>();

  /** @param listed the machines as they are now; they give the shape of a machine that was never awake */
  constructor(compute: Iterable<UsageColumns>, listed: readonly Machine[]) {
    for (const columns of compute) {
      this.#read(columns);
    }
    for (const changes of this.#changes.values()) {
      changes.sort((a, b) => a.from - b.from);
    }
    for (const machine of listed) {
      if ((this.#changes.get(machine.id) ?? []).length === 0) {
        const key = this.#keyOfListed(machine);
        this.#changes.set(machine.id, [{ from: 0, key }]);
      }
    }
  }

  /** Groups storage rows, which have no shape of their own, by their machine's shape at that time; '' if unknown. */
  readonly byShapeOfMachine: Grouping = (columns) => {
    const { subjectIds, subject } = columns;
    const keys = ['', ...this.shapes.keys()];
    const indexes = new Map(keys.map((key, index) => [key, index]));
    const changesOf = subjectIds.map((id) => this.#changes.get(id) ?? []);
    // Nearly all machines have one shape.
    const only = Int32Array.from(changesOf, (changes) =>
      changes.length > 1 ? -1 : (indexes.get(changes[0]?.key ?? '') ?? 0),
    );
    const indexOf = (row: number): number => {
      const machine = subject[row] ?? 0;
      const index = only[machine] ?? 0;
      return index >= 0
        ? index
        : (indexes.get(keyThen(changesOf[machine] ?? [], startAt(columns, row))) ?? 0);
    };
    return { keys, indexOf };
  };

  #read(columns: UsageColumns): void {
    const { subjectIds, shapes, subject, shape, length } = columns;
    const keys = shapes.map(shapeKey);
    shapes.forEach((own, index) => this.shapes.set(keys[index] ?? '', own));
    const changesOf = subjectIds.map((id) => this.#changes.get(id) ?? []);
    for (let row = 0; row < length; row += 1) {
      const key = keys[shape[row] ?? -1];
      const changes = changesOf[subject[row] ?? 0] ?? [];
      if (key !== undefined && changes.at(-1)?.key !== key) {
        changes.push({ from: startAt(columns, row), key });
      }
    }
    subjectIds.forEach((id, place) => this.#changes.set(id, changesOf[place] ?? []));
  }

  /** The list has no fingerprints, so a shape with the same numbers counts as the same. */
  #keyOfListed({ vcpu, memoryMib, storageGib }: Machine): string {
    for (const [key, shape] of this.shapes) {
      if (shape.vcpu === vcpu && shape.memoryMib === memoryMib && shape.storageGib === storageGib) {
        return key;
      }
    }
    const shape = { fingerprint: '', vcpu, memoryMib, storageGib };
    const key = shapeKey(shape);
    this.shapes.set(key, shape);
    return key;
  }
}

/** The shape that a machine had at a time; before its first known one, that. */
function keyThen(changes: readonly Change[], at: EpochMs): string {
  const { key = '' } = changes.findLast(({ from }) => from <= at) ?? changes[0] ?? {};
  return key;
}
