import { type Answer, JSON_TYPE, textAnswer } from '../answer';
import { rfc3339 } from '../clock';
import { hash } from '../random';
import { type Contract, type JsonObject } from '../schema';
import { type MachineState } from './fleet';
import { type RowSource } from './rows';

const PATH = '/v1/machines';
const DEFAULT_LIMIT = 50;
const GREATEST_LIMIT = 100;

/** A request that the vendor's framework refuses before its own code sees it: 422, as problem+json. */
export class UnprocessableRequest extends Error {}

/** `GET /v1/machines?limit=&cursor=`: machines that exist at the time of asking, in pages. */
export function machineListReply(source: RowSource, contract: Contract, query: URLSearchParams): Answer {
  const limit = Math.min(wholeNumber(query.get('limit') ?? String(DEFAULT_LIMIT), 'limit'), GREATEST_LIMIT);
  const first = cursorOffset(query.get('cursor'));
  const existing = source.fleets.list.machines.flatMap((machine) => {
    const state = machine.state(source.now);
    return state === undefined ? [] : [{ id: machine.id, state }];
  });
  const items = existing.slice(first, first + limit).map(({ id, state }) => listItem(id, state));
  const more = first + limit < existing.length;
  const json = JSON.stringify({
    items: items.length === 0 ? null : items,
    ...(more ? { next_cursor: Buffer.from(String(first + limit)).toString('base64url') } : {}),
  });
  contract.checkReply(PATH, 200, JSON_TYPE, json);
  return textAnswer(200, JSON_TYPE, json);
}

function listItem(id: string, state: MachineState): JsonObject {
  const { shape } = state;
  return {
    machine_id: id,
    vcpu: shape.vcpu,
    memory_mib: shape.memoryMib,
    storage_gib: shape.storageGib,
    desired_state: state.desired,
    status: {
      phase: state.phase,
      reason: state.reason,
      retryable: state.retryable,
      revision: String(hash(state.changedAt)),
      last_transition_at: rfc3339(state.changedAt),
      last_progress_at: rfc3339(state.changedAt),
      ...(state.lastError === undefined ? {} : { last_error: state.lastError }),
    },
    created_at: rfc3339(state.createdAt),
  };
}

function cursorOffset(cursor: string | null): number {
  if (cursor === null) return 0;
  return wholeNumber(Buffer.from(cursor, 'base64url').toString('utf8'), 'cursor');
}

function wholeNumber(text: string, name: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1) throw new UnprocessableRequest(`${name} must be a positive integer`);
  return value;
}
