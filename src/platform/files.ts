import * as vscode from 'vscode';

/** Tells when a file outside the workspace is made, changed or deleted, by whichever window. */
export function watchFile(file: vscode.Uri, listener: () => void): vscode.Disposable {
  const folder = vscode.Uri.joinPath(file, '..');
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, name));
  return vscode.Disposable.from(
    watcher,
    watcher.onDidCreate(listener),
    watcher.onDidChange(listener),
    watcher.onDidDelete(listener),
  );
}
