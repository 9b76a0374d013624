import { randomUUID } from 'node:crypto';
import { homedir } from 'node:os';
import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';
import * as vscode from 'vscode';
import { displayText } from '../usage/text';
import { safeFileName } from './fileName';
import { l10n } from './l10n';
import { showWork, tell } from './messages';
import { isPicture } from './picture';
import { SaveError } from './saveError';
import { writeWholeFile } from './wholeFile';

/** How long writing a file may take before progress is shown, in milliseconds. */
const MOMENT = 500;

/**
 * Asks where to save a file, writes it, and offers to open it. The file is written whole or not at all. Undefined if the
 * person cancelled. Rejects with {@link SaveError}.
 */
export async function saveFile(
  suggestedName: string,
  filters: Readonly<Record<string, readonly string[]>>,
  chunks: Iterable<Uint8Array | string>,
  title: string,
): Promise<vscode.Uri | undefined> {
  const target = await vscode.window.showSaveDialog({
    title,
    filters: Object.fromEntries(Object.entries(filters).map(([name, endings]) => [name, [...endings]])),
    // Not the open folder: a file in a repository is easily committed.
    defaultUri: vscode.Uri.joinPath(vscode.Uri.file(homedir()), safeFileName(suggestedName)),
  });
  if (target === undefined) {
    return undefined;
  }
  const name = displayText(target.path.slice(target.path.lastIndexOf('/') + 1));
  const stop = new AbortController();
  try {
    await patiently(l10n.t('Saving {0}…', name), stop, write(target, chunks, stop.signal));
  } catch (error) {
    if (stop.signal.aborted) {
      return undefined;
    }
    throw new SaveError(l10n.t('{0} could not be saved: {1}', name, reason(error)), { cause: error });
  }
  void offerToOpen(target, name);
  return target;
}

function write(
  target: vscode.Uri,
  chunks: Iterable<Uint8Array | string>,
  signal: AbortSignal,
): Promise<void> {
  return target.scheme === 'file'
    ? writeWholeFile(target.fsPath, chunks, signal)
    : writeElsewhere(target, chunks, signal);
}

/**
 * VS Code's file systems take a file in one piece. An existing file is overwritten in place, so that links and permissions
 * stay; by then, the unfinished file has shown that there is room.
 */
async function writeElsewhere(
  target: vscode.Uri,
  chunks: Iterable<Uint8Array | string>,
  signal: AbortSignal,
): Promise<void> {
  const { fs } = vscode.workspace;
  const pieces: Uint8Array[] = [];
  for (const chunk of chunks) {
    pieces.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
    await turn();
    signal.throwIfAborted();
  }
  const content = Buffer.concat(pieces);
  const before = await fs.stat(target).then(undefined, () => undefined);
  if (before?.permissions === vscode.FilePermission.Readonly) {
    throw vscode.FileSystemError.NoPermissions(target);
  }
  const unfinished = vscode.Uri.joinPath(target, '..', `.${randomUUID()}.tmp`);
  try {
    await fs.writeFile(unfinished, content);
    signal.throwIfAborted();
    if (before === undefined) {
      await fs.rename(unfinished, target);
      return;
    }
    await fs.writeFile(target, content);
    await fs.delete(unfinished);
  } catch (error) {
    await fs.delete(unfinished).then(undefined, () => undefined); // it may not exist
    throw error;
  }
}

/** Waits for work. If it takes longer than a moment, shows progress with a way to cancel. */
async function patiently(title: string, stop: AbortController, work: Promise<void>): Promise<void> {
  if ((await Promise.race([work, pause(MOMENT, 'slow' as const)])) === 'slow') {
    await showWork(title, (_progress, token) => {
      token.onCancellationRequested(() => {
        stop.abort();
      });
      return work;
    });
  }
}

function reason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
    case 'FileNotFound':
      return l10n.t('the folder does not exist.');
    case 'ENOSPC':
      return l10n.t('the disk is full.');
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'NoPermissions':
      return l10n.t('the folder does not allow it.');
    case 'EBUSY':
      return l10n.t('another program has it open.');
    default:
      return displayText(error instanceof Error ? error.message : String(error), 200);
  }
}

async function offerToOpen(target: vscode.Uri, name: string): Promise<void> {
  const open = l10n.t('Open');
  const answer = await tell('info', l10n.t('Saved {0}', name), open);
  if (answer === open) {
    await vscode.commands.executeCommand('vscode.open', target);
  }
}

/** Saves a PNG picture as {@link saveFile} does. Throws if it is not a PNG, or larger than 20 MB. */
export async function savePicture(png: Uint8Array, suggestedName: string): Promise<vscode.Uri | undefined> {
  if (!isPicture(png)) {
    throw new Error('the picture is no PNG, or larger than 20 MB');
  }
  const title = l10n.t('Save as Picture');
  return saveFile(suggestedName, { [l10n.t('Picture')]: ['png'] }, [png], title);
}
