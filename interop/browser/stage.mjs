// What the store that is looked at holds, asked of the service itself.

import fs from 'node:fs';

const { HENG_ADDRESS, HENG_OUT, HENG_PLACE, HENG_PICTURES } = process.env;

export async function stage() {
  const numbers = fs.readdirSync(HENG_OUT).filter((name) => name.endsWith('.heng')).map((name) => name.slice(0, -5));
  const of = (start) => numbers.filter((number) => number.startsWith(start)).sort();
  const [scale, failing] = of('JJG539-');
  const [withdrawn] = of('JJG99-');
  const [pile] = of('JJG1149-');
  const known = ['JJG539-', 'JJG99-', 'JJG1149-'];
  const calibration = numbers.filter((number) => !known.some((start) => number.startsWith(start))).sort()[0];
  const facts = await json(`/api/certificate/${scale}`);
  const register = await json('/api/register');
  const institute = register.institutes.find((one) => one.id === 'party:lab-tj');
  return {
    address: HENG_ADDRESS,
    out: HENG_OUT,
    place: HENG_PLACE,
    pictures: HENG_PICTURES,
    scale, failing, withdrawn, pile, calibration,
    scaleThing: facts.certificate.certificate.instrument.id,
    withdrawnThing: (await json(`/api/certificate/${withdrawn}`)).certificate.certificate.instrument.id,
    statement: facts.certificate.statement,
    standard: institute.capabilities[0].standard,
    institute: institute.id,
  };
}

export async function json(path) {
  const answer = await fetch(HENG_ADDRESS + path, { headers: { accept: 'application/json' } });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}
