import { parentPort, workerData } from 'node:worker_threads';
import { SqliteDatabase } from '../store/database/sqliteDatabase';
import { CLOSING_MS } from '../store/fetchPlan';
import { serve } from './channel';
import { FoldService } from './foldService';
import type { WorkerData } from './backgroundWorker';

/* What runs in the thread beside the main one: long computations and the database, whose calls block. */

const { file } = workerData as WorkerData;

if (parentPort !== null) {
  serve(parentPort, {
    fold: new FoldService(),
    database: new SqliteDatabase({ file, closingMs: CLOSING_MS }),
  });
}
