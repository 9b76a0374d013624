import { stat } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { CHECKOUT } from './checkout';
import { fewerColours } from './fewerColours';

/** Too little to be seen, also in text. */
const DISTANCE = 12;

/** Writes each of the named PNGs as a small picture of the README, a WebP of the same name in `media/`. */
async function main(): Promise<void> {
  const { positionals } = parseArgs({ allowPositionals: true });
  if (positionals.length === 0) {
    throw new Error('which PNGs? npm run pictures -- <file>…');
  }
  for (const file of positionals) {
    const to = path.join(CHECKOUT, 'media', `${path.basename(file, '.png')}.webp`);
    const { data, info } = await sharp(file).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    await sharp(fewerColours(data, DISTANCE), { raw: { ...info, channels: 3 } })
      .webp({ lossless: true, effort: 6 })
      .toFile(to);
    console.log(`${path.relative(CHECKOUT, to)}: ${(await stat(to)).size.toLocaleString('en')} bytes`);
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
