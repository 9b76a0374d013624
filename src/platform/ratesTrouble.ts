import type { Disposable, LogOutputChannel } from 'vscode';
import { problemSentence } from '../insights/estimate/problems';
import { settings } from './settings';

/** Says in the log what is wrong of the rates in the settings, once for each state of them. */
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
