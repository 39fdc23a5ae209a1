// Small pictures of pages: coarse enough that fonts do not matter, fine enough that a broken layout does.

import fs from 'node:fs';
import path from 'node:path';
import { PNG } from 'pngjs';

/// A page longer than this is looked at to here, in px.
export const LONGEST = 3200;

/// How many px of the page are one px of the small picture.
const SCALE = { 390: 6, 1280: 10 };

/// Steps of a colour's channel in a stored picture.
const STEPS = 8;

/// Of a px, this difference (of 255) counts; of a picture, this share of such px is too much.
const DIFFERENT = 26;
const TOO_MUCH = 0.04;

/// The average colour of each field of the page.
export function shrunk(bytes, width) {
  const whole = PNG.sync.read(bytes);
  const scale = SCALE[width];
  const small = new PNG({ width: Math.floor(whole.width / scale), height: Math.floor(whole.height / scale) });
  for (let y = 0; y < small.height; y += 1) {
    for (let x = 0; x < small.width; x += 1) {
      const sum = [0, 0, 0];
      for (let dy = 0; dy < scale; dy += 1) {
        let at = ((y * scale + dy) * whole.width + x * scale) * 4;
        for (let dx = 0; dx < scale; dx += 1, at += 4) {
          sum[0] += whole.data[at];
          sum[1] += whole.data[at + 1];
          sum[2] += whole.data[at + 2];
        }
      }
      const to = (y * small.width + x) * 4;
      sum.forEach((channel, index) => { small.data[to + index] = stepped(channel / (scale * scale)); });
      small.data[to + 3] = 255;
    }
  }
  return small;
}

function stepped(value) {
  return Math.round((Math.round((value / 255) * STEPS) / STEPS) * 255);
}

/// What a small picture has become in a file.
export function packed(small) {
  return PNG.sync.write(small, { colorType: 2, deflateLevel: 9, deflateStrategy: 0, filterType: 4 });
}

/// What is wrong with what is seen, compared with what ought to be; nothing where they agree.
export function difference(seen, file) {
  if (!fs.existsSync(file)) return `no ${path.basename(file)}; look at what is seen and accept it`;
  const ought = PNG.sync.read(fs.readFileSync(file));
  if (ought.width !== seen.width || Math.abs(ought.height - seen.height) > Math.max(2, ought.height * 0.04)) {
    return `${seen.width} × ${seen.height}, not ${ought.width} × ${ought.height}`;
  }
  const height = Math.min(ought.height, seen.height);
  let different = 0;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < seen.width; x += 1) {
      if (nearest(seen, ought, x, y) > DIFFERENT) different += 1;
    }
  }
  const share = different / (seen.width * height);
  return share > TOO_MUCH ? `${(share * 100).toFixed(1)} % of the picture differs` : null;
}

/// The smallest difference to a px of the neighbourhood: a line that sits one px lower is the same line.
function nearest(seen, ought, x, y) {
  const at = (y * seen.width + x) * 4;
  let smallest = 255;
  for (let dy = -1; dy <= 1; dy += 1) {
    for (let dx = -1; dx <= 1; dx += 1) {
      const [nx, ny] = [x + dx, y + dy];
      if (nx < 0 || ny < 0 || nx >= ought.width || ny >= ought.height) continue;
      const to = (ny * ought.width + nx) * 4;
      const largest = Math.max(...[0, 1, 2].map((channel) => Math.abs(seen.data[at + channel] - ought.data[to + channel])));
      smallest = Math.min(smallest, largest);
    }
  }
  return smallest;
}
