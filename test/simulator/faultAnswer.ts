import { type Answer, textAnswer } from './answer';
import { type FaultBody, type RawBody } from './faults';
import { type VendorApi } from './vendor';

const HTML_PAGE =
  '<!DOCTYPE html>\n<html><head><title>Gateway</title></head><body><h1>Bad gateway</h1></body></html>\n';

/** The reply that a fault with a status asks for. */
export function faultAnswer(
  api: Pick<VendorApi, 'refusal'>,
  path: string,
  fault: {
    readonly status: number;
    readonly body?: FaultBody;
    readonly headers?: Readonly<Record<string, string>>;
  },
): Answer {
  const answer = bodyAnswer(api, path, fault.status, fault.body ?? 'vendor');
  return { ...answer, headers: { ...answer.headers, ...fault.headers } };
}

function bodyAnswer(api: Pick<VendorApi, 'refusal'>, path: string, status: number, body: FaultBody): Answer {
  if (body === 'html') return textAnswer(status, 'text/html; charset=utf-8', HTML_PAGE);
  if (isRaw(body)) return textAnswer(status, body.contentType, body.raw);
  return api.refusal(path, status, body);
}

function isRaw(body: FaultBody): body is RawBody {
  return typeof body === 'object' && 'raw' in body;
}
