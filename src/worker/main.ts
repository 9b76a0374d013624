import { parentPort, workerData } from 'node:worker_threads';
import { SqliteDatabase } from '../database/sqliteDatabase';
import { CLOSING_MS } from '../usage/closing';
import type { WorkerData } from './backgroundWorker';
import { serve } from './channel';
import { RowSinkService } from './rowSinkService';

/* Runs in the worker thread: long computations and the database, whose calls block. */

const { file } = workerData as WorkerData;

if (parentPort !== null) {
  serve(parentPort, {
    rowSinks: new RowSinkService(),
    database: new SqliteDatabase({ file, closingMs: CLOSING_MS }),
  });
}
