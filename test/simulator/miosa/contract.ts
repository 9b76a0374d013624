import { fixture } from '../../fixtures/files';
import { Contract, readDocument } from '../schema';

let contract: Contract | undefined;

/** Shared by all simulators of a process: compiling takes longer than most tests. */
export function miosaContract(): Contract {
  contract ??= new Contract(readDocument(fixture('api/miosa.openapi.yaml')));
  return contract;
}
