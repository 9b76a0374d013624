import {
  type DashboardState,
  type DashboardView,
  type HostMessage,
  isChoice,
  type PageMessage,
} from '../../src/protocol/messages';
import { createFormats } from '../../src/usage/format';
import { skeleton } from './frame/sections';
import { readHostMessage } from './hostMessage';
import { Page } from './page';
import { watchSharpness, watchTheme } from './parts/theme';

/** What VS Code gives to a page in a panel. */
interface VsCodeApi {
  postMessage(message: PageMessage): void;
  setState(state: DashboardState): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

function start(root: HTMLElement): void {
  const host = acquireVsCodeApi();
  let choicesMade = 0;
  let page: Page | undefined;
  const keep = ({ account, overview, choices, selected }: DashboardView): void => {
    if (account) {
      host.setState({
        accountId: account.id,
        all: overview !== undefined,
        choices,
        ...(selected ? { machineId: selected.subjectId } : {}),
      });
    }
  };
  const send = (message: PageMessage): void => {
    choicesMade += isChoice(message) ? 1 : 0;
    host.postMessage(message);
  };
  const receive = (message: HostMessage): void => {
    switch (message.type) {
      case 'hello':
        document.documentElement.lang = message.locale;
        root.replaceChildren();
        page = new Page(
          root,
          { locale: message.locale, strings: message.strings, formats: createFormats(message.locale) },
          send,
        );
        break;
      case 'show':
        // An older view is out of date: one that knows of every choice follows it.
        if (message.heard >= choicesMade) {
          page?.show(message.view);
          keep(message.view);
        }
        break;
    }
  };
  root.replaceChildren(skeleton());
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    const message = readHostMessage(event.data);
    if (message) {
      receive(message);
    }
  });
  watchTheme(() => page?.repaint());
  watchSharpness(() => page?.repaint());
  host.postMessage({ type: 'ready' });
}

const root = document.getElementById('app');
if (root) {
  start(root);
}
