import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import sharp from 'sharp';
import { CHECKOUT } from './checkout';

/** The marketplace shows a PNG of this size, in pixels. */
const SIZE = 256;

/** Draws `media/icon.svg` as `media/icon.png`. The picture holds no text, so it comes out the same everywhere. */
async function main(): Promise<void> {
  const media = join(CHECKOUT, 'media');
  const svg = await readFile(join(media, 'icon.svg'), 'utf8');
  const picture = new Resvg(svg, {
    fitTo: { mode: 'width', value: SIZE },
    font: { loadSystemFonts: false },
  }).render();
  // As small as it can be without a change to any pixel.
  const png = await sharp(picture.asPng()).png({ compressionLevel: 9 }).toBuffer();
  await writeFile(join(media, 'icon.png'), png);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
