import assert from 'node:assert/strict';
import type { Account } from '../../src/usage/account';
import type { Fault } from '../simulator/faults';
import { type Simulator, startSimulator } from '../simulator/server';
import { NOW } from '../support/knownDay';
import { addAccount } from './account';
import { ExtensionClock } from './clock';
import { extension, type Inside, rowOfKind, rowsBelow, type SeenRow, unescape } from './extension';

const ACCOUNT: Account = { id: 'failures', provider: 'dedalus', label: 'Failures' };

/** What a vendor or a network may do, the words for it, and the one action that helps. */
const CASES: Readonly<Record<string, { fault: Fault; says: RegExp; helps: string }>> = {
  'a refused key': {
    fault: {
      status: 401,
      body: { error_code: 'AUTH_INVALID', message: 'invalid Dedalus API key', retryable: false },
    },
    says: /refused the key\. It said: “invalid Dedalus API key”/,
    helps: 'updateKey',
  },
  'another organisation': {
    fault: { status: 403, body: { error_code: 'AUTH_ORG_MISMATCH', message: 'org scope', retryable: false } },
    says: /does not belong to the organisation you entered/,
    helps: 'updateKey',
  },
  'a key without the right': {
    fault: { status: 403, body: { error_code: 'AUTH_SCOPE_FORBIDDEN', message: 'scope', retryable: false } },
    says: /valid, but it has no permission to read usage/,
    helps: 'updateKey',
  },
  'an API that has gone': {
    fault: { status: 404, body: 'problem' },
    says: /no longer answers this request \(http:\/\/127\.0\.0\.1[^)]*\)\. Figures until .* are kept/,
    helps: 'refresh',
  },
  'a ledger that is away': {
    fault: {
      status: 502,
      body: { error_code: 'LEDGER', message: 'billing ledger unavailable', retryable: false },
    },
    says: /server has a problem \(status 502\)\. It said: “billing ledger unavailable”/,
    helps: 'refresh',
  },
  'a connection that breaks': {
    fault: { cutAfterBytes: 30 },
    says: /lost in the middle/,
    helps: 'refresh',
  },
  'a sign-in page': {
    fault: { status: 200, body: 'html' },
    says: /not JSON \(text\/html/,
    helps: 'openSettings',
  },
  'half a reply': { fault: { brokenJson: true }, says: /not JSON/, helps: 'openSettings' },
  'a reply of another shape': {
    fault: { status: 200, body: { raw: '{"plan_slug":7}', contentType: 'application/json' } },
    says: /reply\.plan_slug should be text/,
    helps: 'showLog',
  },
  'a reply without end': {
    fault: { oversizeBytes: 5 * 1024 * 1024 },
    says: /larger than 4 MiB/,
    helps: 'showLog',
  },
  'a redirect to a stranger': {
    fault: { redirectTo: 'https://elsewhere.example/' },
    says: /redirects to https:\/\/elsewhere\.example\. The key is not sent there/,
    helps: 'openSettings',
  },
};

suite('failures', () => {
  let inside: Inside;
  let simulator: Simulator;
  let removeAccount: () => Promise<void>;
  let clock: ExtensionClock;

  suiteSetup(async () => {
    inside = await extension();
    clock = new ExtensionClock(inside, NOW);
    simulator = await startSimulator({ now: clock.now }); // so that the figures are the same after each failure
    removeAccount = await addAccount(inside, ACCOUNT, simulator);
    await inside.store.of(ACCOUNT).refresh();
  });

  suiteTeardown(async () => {
    await removeAccount();
    await simulator.close();
    clock.restore();
  });

  teardown(async () => {
    simulator.clearFaults();
    inside.store.known(ACCOUNT.id)?.resetBackoff();
    await inside.store.of(ACCOUNT).refresh();
  });

  const accountRow = async (): Promise<SeenRow> => {
    const row = (await rowsBelow(inside)).find(({ node }) => node.id === ACCOUNT.id);
    assert.ok(row);
    return row;
  };

  for (const [what, { fault, says, helps }] of Object.entries(CASES)) {
    test(`${what} is said in plain words with what helps, under the last good figures`, async () => {
      const before = await accountRow();
      const machines = await rowsBelow(inside, (await rowOfKind(inside, 'machines', before.node)).node);
      simulator.inject({ ...fault, match: { path: /usage/ } });
      await inside.store.of(ACCOUNT).refresh();
      const after = await accountRow();
      const { contextValue } = inside.tree.getTreeItem(after.node);
      assert.ok(contextValue?.endsWith(`.failed.${helps}`), contextValue);
      assert.match(after.tooltip.replaceAll('&nbsp;', ' '), says);
      const figure = (row: SeenRow): Promise<string> =>
        rowOfKind(inside, 'figure', row.node).then(({ description }) => description);
      assert.equal(await figure(after), await figure(before), 'the figures stay');
      assert.deepEqual(
        (await rowsBelow(inside, (await rowOfKind(inside, 'machines', after.node)).node)).map(
          ({ label }) => label,
        ),
        machines.map(({ label }) => label),
      );
      assert.match(inside.statusBar.shown?.text ?? '', /^\$\(warning\) Failures .* s billed$/);
      assert.match(unescape(inside.statusBar.shown?.tooltip), says);
    });
  }

  test('a vendor that asks to wait is not asked again before, and the row tells until when', async () => {
    simulator.inject({
      status: 429,
      body: { error_code: 'RATE_LIMITED', message: 'slow down', retryable: true, retry_after_ms: 600_000 },
    });
    await inside.store.of(ACCOUNT).refresh();
    const seen = simulator.requests.length;
    await inside.store.of(ACCOUNT).refresh();
    assert.equal(simulator.requests.length, seen);
    assert.match((await accountRow()).tooltip, /asked to wait until \d{4}-\d\d-\d\d \d\d:\d\d UTC/);
  });

  test('a machine list that does not answer costs the states, and nothing else', async () => {
    simulator.inject({ match: { path: '/v1/machines' }, status: 404, body: 'problem' });
    await inside.store.clear(); // so that the states are not known from before
    await inside.store.of(ACCOUNT).refresh();
    const account = await accountRow();
    assert.match(account.description, / h$/);
    const machines = await rowOfKind(inside, 'machines', account.node);
    assert.match(machines.tooltip, /Their state is not known/);
    for (const { also } of await rowsBelow(inside, machines.node)) {
      assert.doesNotMatch(also, /running|no longer listed/);
    }
  });

  test('a key for one address is not sent to another', async () => {
    const other = await startSimulator({ now: clock.now });
    const restore = await addAccount(inside, { ...ACCOUNT, id: 'other', label: 'Other' }, other);
    await inside.store.of(ACCOUNT).refresh();
    assert.match(
      (await accountRow()).tooltip,
      /key was given for http:\/\/127\.0\.0\.1:\d+ and is sent nowhere else/,
    );
    assert.ok(
      other.requests.every(({ authorised }) => authorised),
      'only the key of its own account came',
    );
    await restore();
    await other.close();
    removeAccount = await addAccount(inside, ACCOUNT, simulator);
  });
});
