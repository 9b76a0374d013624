import type { Disposable, LogOutputChannel } from 'vscode';
import { problemSentence } from '../insights/estimate/problems';
import { settings } from './settings';

/** Logs what is wrong with the rates in the settings, once until that changes. */
export function logRatesTrouble(log: Pick<LogOutputChannel, 'warn'>): Disposable {
  let said = '';
  const tell = (): void => {
    const sentences = settings.ratesProblems.map(problemSentence);
    const text = sentences.join('; ');
    if (text !== said && text !== '') {
      log.warn(`${text}: these rates are left out`);
    }
    said = text;
  };
  tell();
  return settings.onDidChange(tell);
}
