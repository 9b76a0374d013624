import { fixture } from '../../fixtures/files';
import { Contract, readDocument } from '../schema';

let contract: Contract | undefined;

/** Shared by all simulators of a process: compiling takes longer than most tests. */
export function northflankContract(): Contract {
  contract ??= new Contract(readDocument(fixture('api/northflank.openapi.yaml')));
  return contract;
}
