/** Takes secrets out of text that came from outside, before anyone sees or logs it: a vendor may echo what it was sent. */
export function redact(text: string, secrets: readonly string[]): string {
  return secrets.reduce((clean, secret) => (secret === '' ? clean : clean.replaceAll(secret, '•••')), text);
}
