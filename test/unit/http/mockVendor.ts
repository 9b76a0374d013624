import { afterEach, beforeEach } from 'node:test';
import { type Dispatcher, getGlobalDispatcher, MockAgent, type MockPool, setGlobalDispatcher } from 'undici';

/** A vendor that answers what a test says, in place of the network. */

export const ORIGIN = 'https://vendor.example';
const before: Dispatcher = getGlobalDispatcher();
export let agent: MockAgent;
export let vendor: MockPool;

beforeEach(() => {
  agent = new MockAgent();
  agent.disableNetConnect();
  setGlobalDispatcher(agent);
  vendor = agent.get(ORIGIN);
});

afterEach(async () => {
  setGlobalDispatcher(before);
  await agent.close();
});

const json = { headers: { 'content-type': 'application/json' } };
export const answer = (status: number, body: object | string, headers: Record<string, string> = {}): void => {
  vendor.intercept({ path: '/v1/usage' }).reply(status, body, { headers: { ...json.headers, ...headers } });
};
