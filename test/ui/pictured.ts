import test from 'node:test';
import { LIMIT_MS, type Session } from './session';

/** A test that takes a picture of the session's window when it fails. The session may begin after the test is named. */
export function pictured(session: () => Session, title: string, body: () => Promise<void>): void {
  test(title, { timeout: LIMIT_MS }, async () => {
    try {
      await body();
    } catch (error) {
      await session().picture(title.replace(/[()]/g, ''));
      throw error;
    }
  });
}
