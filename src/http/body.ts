import { UsageError } from '../usage/failure';

/**
 * Reads a reply's body as text, up to `limitBytes` of decoded bytes. The bytes are decoded once, at the end, so that a
 * character cut by a chunk's border stays whole. `heard` is called for each chunk.
 */
export async function readText(response: Response, limitBytes: number, heard: () => void): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (response.body === null) {
    return '';
  }
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    heard();
    size += chunk.byteLength;
    if (size > limitBytes) {
      throw new UsageError({ kind: 'tooLarge', limitBytes });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size).toString('utf8');
}
