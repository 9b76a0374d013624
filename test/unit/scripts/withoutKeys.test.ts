import assert from 'node:assert/strict';
import test from 'node:test';
import { capture } from '../../../scripts/processes';

/** Where the three vendors' own tools and documents have a person keep a key. */
const VARIABLES = ['DEDALUS_API_KEY', 'MIOSA_API_KEY', 'NORTHFLANK_API_TOKEN'];

test('no key of the person who runs the tests reaches a process that a script starts', async () => {
  const own = VARIABLES.map((name) => [name, process.env[name]] as const);
  try {
    for (const name of VARIABLES) process.env[name] = 'a-real-key';
    const { text } = await capture(process.execPath, ['-p', 'JSON.stringify(process.env)']);
    const reached = Object.keys(JSON.parse(text) as object);
    assert.deepEqual(
      reached.filter((name) => VARIABLES.includes(name)),
      [],
    );
    assert.doesNotMatch(text, /a-real-key/);
    assert.ok(reached.includes('PATH'), 'the rest of the environment is there');
  } finally {
    for (const [name, value] of own) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  }
});

test('a process has the keys that it is given', async () => {
  const script = 'process.env.NORTHFLANK_API_TOKEN';
  const { text } = await capture(process.execPath, ['-p', script], {
    env: { NORTHFLANK_API_TOKEN: 'made-up' },
  });
  assert.equal(text.trim(), 'made-up');
});
