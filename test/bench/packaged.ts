import { stat } from 'node:fs/promises';
import path from 'node:path';
import { listFiles, PackageManager } from '@vscode/vsce';
import { build } from 'esbuild';
import { activationOf } from '../../scripts/activation';
import { HOST } from '../../scripts/bundles';
import { CHECKOUT, VSIX } from '../../scripts/checkout';
import { held, type Measure } from './measure';

const KILOBYTE = 1024;

/** What ships: the packaged extension, its pictures, and what VS Code loads when it starts the extension. */
export async function packaged(): Promise<Measure[]> {
  const files = await listFiles({ cwd: CHECKOUT, packageManager: PackageManager.None });
  const pictures = files.filter((file) => /\.(png|webp)$/.test(file));
  const sizes = await Promise.all(pictures.map((file) => kilobytes(path.join(CHECKOUT, file))));
  return [
    held('package (.vsix)', { value: await kilobytes(VSIX), unit: 'KB' }, { must: '≤ 500', aim: '≤ 400' }),
    held(
      'pictures in it',
      { value: sizes.reduce((sum, size) => sum + size, 0), unit: 'KB' },
      { aim: '≤ 150' },
    ),
    held(
      'loaded by activation',
      { value: (await activationBytes()) / KILOBYTE, unit: 'KB' },
      { must: '≤ 60', aim: '≤ 40' },
    ),
  ];
}

async function kilobytes(file: string): Promise<number> {
  return (await stat(file)).size / KILOBYTE;
}

async function activationBytes(): Promise<number> {
  const shipped = { minify: true, metafile: true, legalComments: 'none', write: false } as const;
  const { metafile } = await build({ ...HOST, ...shipped, absWorkingDir: CHECKOUT });
  return activationOf([metafile]).bytes;
}
