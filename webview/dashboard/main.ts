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
import { TableMemory, type TableStates } from './table/tableMemory';

/** What VS Code gives to a page in a panel. */
interface VsCodeApi {
  postMessage(message: PageMessage): void;
  getState(): unknown;
  setState(state: PageState): void;
}

/** What VS Code keeps while the page is not there: for the host, and for the page. */
type PageState = Partial<DashboardState> & { readonly tables: TableStates };

declare function acquireVsCodeApi(): VsCodeApi;

function start(root: HTMLElement): void {
  const host = acquireVsCodeApi();
  let choicesMade = 0;
  let page: Page | undefined;
  const tables = new TableMemory(host.getState(), () => {
    host.setState({ ...shown, tables: tables.states });
  });
  let shown: DashboardState | undefined;
  const keep = ({ account, overview, choices, selected }: DashboardView): void => {
    if (account) {
      shown = {
        accountId: account.id,
        all: overview !== undefined,
        choices,
        ...(selected ? { machineId: selected.subjectId } : {}),
      };
      host.setState({ ...shown, tables: tables.states });
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
          tables,
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
