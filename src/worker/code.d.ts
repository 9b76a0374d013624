/** The script of `main.ts` as a text, put in by `scripts/build.ts`. */
declare module 'worker:code' {
  export const workerCode: string;
}
