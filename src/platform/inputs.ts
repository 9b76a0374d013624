import * as vscode from 'vscode';
import { withoutMarks } from '../usage/text';

/**
 * How a question in a series ended: with an answer, or with a step back and the text typed so far; undefined if the person
 * left.
 */
export type Answer<T> =
  | { readonly kind: 'answer'; readonly value: T }
  | { readonly kind: 'back'; readonly typed: string }
  | undefined;

export interface TextQuestion {
  readonly title: string;
  readonly prompt: string;
  readonly placeholder?: string;
  readonly value?: string;
  readonly password?: boolean;
  readonly step?: { readonly number: number; readonly of: number };
  /** Whether to offer a way back to the previous question; by default from the second step on. */
  readonly canGoBack?: boolean;
  /** A page that helps with the answer, as a button that opens it in the browser; the question stays open. */
  readonly page?: { readonly title: string; readonly address: string } | undefined;
  /** A sentence to show at first: why the question is asked again. */
  readonly problem?: string | undefined;
  /** Returns a sentence if the text is invalid; called on each keystroke. */
  readonly check?: (text: string) => string | undefined;
  /** Tries the text out; a returned sentence keeps the question open. Aborted when the person leaves. */
  readonly accept?: (text: string, signal: AbortSignal) => Promise<string | undefined>;
}

/** Asks for a line of text. Stays open without focus, so that a key can be fetched from elsewhere. */
export function askText(question: TextQuestion): Promise<Answer<string>> {
  const box = vscode.window.createInputBox();
  box.title = withoutMarks(question.title);
  box.prompt = withoutMarks(question.prompt);
  box.value = question.value ?? '';
  box.password = question.password ?? false;
  box.ignoreFocusOut = true;
  box.placeholder = question.placeholder;
  box.validationMessage = plain(question.problem);
  box.step = question.step?.number;
  box.totalSteps = question.step?.of;
  box.buttons = buttonsOf(question);
  const leaving = new AbortController();
  return new Promise((resolve) => {
    const end = (answer: Answer<string>): void => {
      resolve(answer);
      box.dispose();
    };
    const tryOut = async (): Promise<void> => {
      const text = box.value.trim();
      box.busy = true;
      box.enabled = false;
      const problem = question.check?.(text) ?? (await question.accept?.(text, leaving.signal));
      if (leaving.signal.aborted) {
        return;
      }
      if (problem === undefined) {
        end({ kind: 'answer', value: text });
        return;
      }
      box.busy = false;
      box.enabled = true;
      box.validationMessage = plain(problem);
    };
    box.onDidChangeValue((text) => {
      box.validationMessage = text.trim() === '' ? undefined : plain(question.check?.(text.trim()));
    });
    box.onDidAccept(() => void tryOut());
    box.onDidTriggerButton((button) => {
      if (button === vscode.QuickInputButtons.Back) {
        end({ kind: 'back', typed: box.value.trim() });
      } else if (question.page !== undefined) {
        void vscode.env.openExternal(vscode.Uri.parse(question.page.address));
      }
    });
    box.onDidHide(() => {
      leaving.abort();
      end(undefined);
    });
    box.show();
  });
}

function buttonsOf({ canGoBack, step, page }: TextQuestion): vscode.QuickInputButton[] {
  const back = (canGoBack ?? (step?.number ?? 1) > 1) ? [vscode.QuickInputButtons.Back] : [];
  const opens =
    page === undefined ? [] : [{ iconPath: new vscode.ThemeIcon('link-external'), tooltip: page.title }];
  return [...back, ...opens];
}

export interface Choice<T> extends vscode.QuickPickItem {
  readonly value: T;
}

/** Asks for any number of choices; those in `chosen` start ticked. Undefined if the person left. */
export async function askSeveral<T>(
  title: string,
  placeholder: string,
  choices: readonly Choice<T>[],
  chosen: readonly T[],
): Promise<readonly T[] | undefined> {
  const picked = await vscode.window.showQuickPick(
    choices.map((choice) => ({ ...plainItem(choice), picked: chosen.includes(choice.value) })),
    { title: withoutMarks(title), placeHolder: placeholder, ignoreFocusOut: true, canPickMany: true },
  );
  return picked?.map(({ value }) => value);
}

export async function askChoice<T>(
  title: string,
  placeholder: string,
  choices: readonly Choice<T>[],
): Promise<T | undefined> {
  const chosen = await vscode.window.showQuickPick(choices.map(plainItem), {
    title: withoutMarks(title),
    placeHolder: placeholder,
    ignoreFocusOut: true,
  });
  return chosen?.value;
}

function plain(text: string | undefined): string | undefined {
  return text === undefined ? undefined : withoutMarks(text);
}

/** VS Code would draw icons in each of these texts. */
function plainItem<T>(choice: Choice<T>): Choice<T> {
  const { label, description, detail } = choice;
  return {
    ...choice,
    label: withoutMarks(label),
    ...(description === undefined ? {} : { description: withoutMarks(description) }),
    ...(detail === undefined ? {} : { detail: withoutMarks(detail) }),
  };
}
