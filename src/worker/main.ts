import { parentPort, workerData } from 'node:worker_threads';
import { SqliteDatabase } from '../database/sqliteDatabase';
import { CLOSING_MS } from '../usage/closing';
import type { WorkerData } from './backgroundWorker';
import { serve } from './channel';
import { FoldService } from './foldService';

/* What runs in the thread beside the main one: long computations and the database, whose calls block. */

const { file } = workerData as WorkerData;

if (parentPort !== null) {
  serve(parentPort, {
    fold: new FoldService(),
    database: new SqliteDatabase({ file, closingMs: CLOSING_MS }),
  });
}
