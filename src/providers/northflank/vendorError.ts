import type { VendorError } from '../../http/request';
import { JsonReader } from '../reader';

/** `{"error": {"status": 404, "message": "…", "id": "…", "details": {}}}`; undefined for one without a message. */
export function readVendorError(body: unknown): VendorError | undefined {
  const error = new JsonReader(body).field('error').optional((reader) => reader);
  const message = error?.field('message').optional((field) => field.text());
  return message === undefined ? undefined : { message };
}
