import { type CancellationToken, type Progress, ProgressLocation, window } from 'vscode';
import { withoutMarks } from '../usage/text';

/*
 * Every message that a person gets beside the views. VS Code makes links, which may run commands, and icons of what is written in
 * a certain way; what a vendor or a person called something must not become one. Nothing else shows messages: ESLint sees to it.
 */

const MOMENT_MS = 2000;

type Tone = 'info' | 'warning' | 'error';

/** Resolves to the button that was pressed, and to undefined once the message is gone. */
export async function tell(
  tone: Tone,
  text: string,
  ...buttons: readonly string[]
): Promise<string | undefined> {
  return show(tone)(withoutMarks(text), ...buttons);
}

/** A few words in the status bar, for a moment. */
export function tellBriefly(text: string): void {
  window.setStatusBarMessage(withoutMarks(text), MOMENT_MS);
}

/** A question in the middle of the window that nothing else can be done before; undefined when it was cancelled. */
export async function ask(
  tone: Tone,
  text: string,
  detail: string,
  ...buttons: readonly string[]
): Promise<string | undefined> {
  return show(tone)(withoutMarks(text), { modal: true, detail: withoutMarks(detail) }, ...buttons);
}

/** Shows that work goes on, with a way to cancel it. */
export async function showWork<T>(
  title: string,
  work: (progress: Progress<{ message: string }>, token: CancellationToken) => Promise<T>,
): Promise<T> {
  const options = { location: ProgressLocation.Notification, title: withoutMarks(title), cancellable: true };
  return window.withProgress(options, work);
}

function show(tone: Tone): typeof window.showInformationMessage {
  switch (tone) {
    case 'info':
      return window.showInformationMessage;
    case 'warning':
      return window.showWarningMessage;
    case 'error':
      return window.showErrorMessage;
  }
}
