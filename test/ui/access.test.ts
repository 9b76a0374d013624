import assert from 'node:assert/strict';
import { once } from 'node:events';
import { rmSync, statSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import path from 'node:path';
import test, { type TestContext } from 'node:test';
import { throwAwayFolder } from '../../scripts/throwAway';
import { startServer } from '../../scripts/vscode/server';
import { startWebsite } from '../../scripts/vscode/website';
import { LIMIT_MS } from './session';

function folder(t: TestContext): string {
  const made = throwAwayFolder('access');
  t.after(() => {
    rmSync(made, { recursive: true, force: true });
  });
  return made;
}

interface Reply {
  status: number;
  location: string;
  cookie: string;
}

async function ask(url: string, headers: Record<string, string> = {}, body?: string): Promise<Reply> {
  const asked = request(url, { headers, method: body === undefined ? 'GET' : 'POST' }).end(body);
  const [reply] = (await Promise.race([once(asked, 'response'), once(asked, 'upgrade')])) as [
    IncomingMessage,
  ];
  reply.destroy();
  const { location = '', 'set-cookie': cookies = [] } = reply.headers;
  return {
    status: reply.statusCode ?? 0,
    location,
    cookie: cookies.map((each) => each.split(';')[0]).join('; '),
  };
}

const upgrade = (more: Record<string, string> = {}): Record<string, string> => ({
  ...{ connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' },
  ...{ 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==' },
  ...more,
});

test(
  'the server of tests lets nobody in without the token of this start',
  { timeout: LIMIT_MS },
  async (t) => {
    const dataDir = folder(t);
    const server = await startServer({ dataDir });
    t.after(() => server.stop());
    const { searchParams } = new URL(server.workbenchUrl());
    const token = searchParams.get('tkn') ?? '';
    assert.equal((await ask(server.url)).status, 403);
    assert.equal((await ask(`${server.url}?tkn=${'x'.repeat(token.length)}`)).status, 403);
    const { status, cookie } = await ask(server.workbenchUrl());
    assert.equal(status, 302);
    assert.equal((await ask(server.url, { cookie })).status, 200);
    for (const file of ['token', 'server.log']) {
      assert.equal(statSync(path.join(dataDir, file)).mode & 0o077, 0, `${file} can be read by others`);
    }
    await server.stop();
    const next = await startServer({ dataDir, port: server.port });
    t.after(() => next.stop());
    assert.equal((await ask(next.url, { cookie })).status, 403, 'the token of an earlier start lets in');
  },
);

test('the website asks for the password of this start', { timeout: LIMIT_MS }, async (t) => {
  const website = await startWebsite({ dataDir: folder(t) });
  t.after(() => website.stop());
  const { origin } = new URL(website.url);
  const login = `${origin}/login`;
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  assert.match((await ask(website.url)).location, /login/);
  assert.equal((await ask(login, form, 'password=a-guess')).cookie, '');
  const { cookie } = await ask(login, form, `password=${website.password}`);
  assert.notEqual(cookie, '');
  assert.doesNotMatch((await ask(website.url, { cookie })).location, /login/);
  assert.notEqual((await ask(origin, upgrade())).status, 101);
  assert.notEqual((await ask(origin, upgrade({ cookie, origin: 'http://rebound.example' }))).status, 101);
});
