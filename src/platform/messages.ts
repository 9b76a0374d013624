import { type CancellationToken, type Progress, ProgressLocation, window } from 'vscode';
import { withoutMarks } from '../usage/text';

/*
 * All messages outside the views. VS Code turns some text into icons, and into links, which may run commands; a name from a
 * vendor or a person must become neither. ESLint ensures that nothing else shows messages.
 */

const MOMENT_MS = 2000;

type Tone = 'info' | 'warning' | 'error';

/** Resolves to the pressed button, or to undefined when the message closes. */
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

/** A modal question; undefined if cancelled. */
export async function ask(
  tone: Tone,
  text: string,
  detail: string,
  ...buttons: readonly string[]
): Promise<string | undefined> {
  return show(tone)(withoutMarks(text), { modal: true, detail: withoutMarks(detail) }, ...buttons);
}

/** Shows the progress of work, with a way to cancel it. */
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
