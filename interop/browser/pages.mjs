// Every page that is looked at: its name, where it is, and what must be done to see it.
//
// `path` gets what the store holds (stage.mjs). `reach` does in the browser what an address alone cannot.
// `status` is what the server must answer; 200 where it is not said.
// `sections` lie further down than a picture reaches: of each, by its id, there is a picture besides.

import fs from 'node:fs';

export const pages = [
  { name: 'home', path: () => '/' },
  { name: 'check', path: (stage) => `/check/${stage.scale}` },
  { name: 'check-withdrawn', path: (stage) => `/check/${stage.withdrawn}` },
  { name: 'check-unknown', path: () => '/check/JJG539-19990101-0001', status: 404 },
  { name: 'check-altered', path: () => '/', reach: uploadAltered },
  { name: 'check-foreign', path: () => '/', reach: uploadForeign },
  { name: 'certificate', path: (stage) => `/certificate/${stage.scale}` },
  { name: 'certificate-failing', path: (stage) => `/certificate/${stage.failing}` },
  { name: 'certificate-withdrawn', path: (stage) => `/certificate/${stage.withdrawn}` },
  { name: 'certificate-calibration', path: (stage) => `/certificate/${stage.calibration}` },
  { name: 'certificate-pile', path: (stage) => `/certificate/${stage.pile}` },
  { name: 'thing', path: (stage) => `/thing/${stage.scaleThing}` },
  { name: 'thing-owned', path: () => '/thing/thing:scale:000024' },
  { name: 'thing-withdrawn', path: (stage) => `/thing/${stage.withdrawnThing}` },
  { name: 'thing-standard', path: (stage) => `/thing/${stage.standard}` },
  { name: 'thing-institute', path: (stage) => `/thing/${stage.institute}` },
  { name: 'statement', path: (stage) => `/statement/${stage.statement}` },
  { name: 'statement-record', path: (stage) => `/statement/${stage.record.split('/').pop()}` },
  { name: 'certificate-concerned', as: 'reviewer', path: (stage) => `/certificate/${stage.scale}` },
  { name: 'thing-person', path: () => '/thing/party:person:zhao-min' },
  { name: 'register', path: () => '/register' },
  { name: 'register-found', path: () => '/register?quantity=mass&value=5+kg&uncertainty=1+g' },
  { name: 'register-unreadable', path: () => '/register?quantity=mass&value=five&uncertainty=1+g' },
  { name: 'session', path: () => '/session' },
  { name: 'session-good', path: () => '/session?example=1-as-signed.ocmf' },
  { name: 'session-altered', path: () => '/session?example=2-one-digit-changed.ocmf' },
  { name: 'session-nothing', path: () => '/session', reach: pasteNothing, status: 422 },
  { name: 'rounds', path: () => '/rounds' },
  { name: 'round-reported', path: () => '/round/JB-SYN-01' },
  { name: 'round-sealing', path: () => '/round/JB-SYN-02' },
  { name: 'laboratory-rounds', as: 'reviewer', path: () => '/laboratory/rounds' },
  { name: 'laboratory-round', as: 'reviewer', path: () => '/laboratory/round/JB-SYN-02' },
  { name: 'plan', path: () => '/plan', sections: ['reports'] },
  { name: 'plan-narrow', path: () => '/plan?on=2024-12-31&department=%E5%B8%82%E7%A7%91%E6%8A%80%E5%B1%80' },
  { name: 'plan-indicator', path: () => '/plan/N2' },
  { name: 'plan-indicator-ahead', path: () => '/plan/N1?on=2024-12-31' },
  { name: 'plan-indicator-gaps', path: () => '/plan/N7' },
  { name: 'plan-indicator-elsewhere', path: () => '/plan/N17' },
  { name: 'plan-department', path: () => '/plan/department/%E5%B8%82%E6%95%99%E5%A7%94' },
  { name: 'plan-conflicts', path: () => '/plan/conflicts' },
  { name: 'plan-forecasts', path: () => '/plan/forecasts' },
  { name: 'plan-norms', path: () => '/plan/norms' },
  { name: 'plan-progress', path: () => '/plan/progress' },
  { name: 'uncertainty', path: () => '/uncertainty' },
  { name: 'uncertainty-correlated', path: () => '/uncertainty?example=impedance-gum-h2-observations' },
  { name: 'uncertainty-wrong', path: () => '/uncertainty', reach: typeWrongModel, status: 422 },
  { name: 'sign-in', path: () => '/sign-in' },
  { name: 'sign-in-wrong', path: () => '/sign-in', reach: signInWrong, status: 422 },
  { name: 'day', as: 'verifier', path: () => '/day' },
  { name: 'day-owner', as: 'owner', path: () => '/day' },
  { name: 'day-supervisor', as: 'supervisor', path: () => '/day' },
  { name: 'laboratory', as: 'verifier', path: () => '/laboratory' },
  { name: 'laboratory-review', as: 'reviewer', path: () => '/laboratory' },
  { name: 'laboratory-seek', as: 'verifier', path: () => '/laboratory?seek=%E7%A7%A4' },
  { name: 'sheet-begin', as: 'verifier', path: (stage) => `/laboratory/new?thing=${stage.half}` },
  { name: 'sheet-begin-standard', as: 'verifier', path: () => '/laboratory/new?thing=thing:standard:tj-m1-lapsed' },
  { name: 'sheet', as: 'verifier', path: (stage) => stage.sheet },
  { name: 'sheet-calibration', as: 'verifier', path: (stage) => stage.calibrationSheet },
  { name: 'record', as: 'reviewer', path: (stage) => stage.record },
  { name: 'withdrawal', as: 'reviewer', path: (stage) => `/laboratory/withdraw/${stage.scale}` },
  { name: 'holdings', as: 'owner', path: () => '/holdings' },
  { name: 'by-hand-wrong', as: 'owner', path: () => '/holdings/new', reach: typeWrong, status: 422 },
  { name: 'by-hand-look', as: 'owner', path: () => '/holdings/new', reach: typeRight },
  { name: 'request', as: 'owner', path: () => '/holdings/request?thing=thing:scale:000024' },
  { name: 'ledger', as: 'owner', path: () => '/holdings/ledger' },
  { name: 'ledger-look', as: 'owner', path: () => '/holdings/ledger', reach: lookAtLedger },
  { name: 'districts', as: 'supervisor', path: () => '/districts' },
  { name: 'keepers', as: 'supervisor', path: () => '/districts?by=keeper&kind=digital-indicating-scale' },
  { name: 'found', path: () => '/found' },
  { name: 'service', as: 'utility', path: () => '/service' },
  { name: 'network', as: 'utility', path: () => '/service/network/thing:network:001' },
  { name: 'service-supervisor', as: 'supervisor', path: () => '/service' },
  { name: 'network-piles', as: 'platform', path: () => '/service/network/thing:network:charging-piles' },
  { name: 'matrix', as: 'platform', path: () => '/service/matrix' },
  { name: 'matrix-cell', as: 'platform', path: () => '/service/matrix?of=piles&district=120101' },
  { name: 'causes', as: 'utility', path: () => '/service/causes' },
  { name: 'matrix-operator', as: 'operator', path: () => '/service/matrix' },
  { name: 'alarms-operator', as: 'operator', path: () => '/service/alarms' },
  { name: 'alarms', as: 'utility', path: () => '/service/alarms' },
  { name: 'alarms-wrong', as: 'utility', path: () => '/service/alarms', reach: answerWithoutInstrument, status: 422 },
  { name: 'not-allowed', as: 'owner', path: () => '/districts', status: 403 },
  { name: 'missing', path: () => '/no-such-page', status: 404 },
];

/// A certificate with one byte changed.
async function uploadAltered(page, stage) {
  const bytes = fs.readFileSync(`${stage.out}/${stage.scale}.pdf`);
  bytes[2000] ^= 1;
  return upload(page, `${stage.scale}.pdf`, bytes);
}

/// A file that is no certificate.
async function uploadForeign(page) {
  return upload(page, 'letter.pdf', Buffer.from('%PDF-1.4 not a certificate'));
}

/// A meter that was replaced by nothing.
async function answerWithoutInstrument(page) {
  const first = page.locator('details:has(form)').first();
  await first.locator('summary').click();
  return Promise.all([page.waitForNavigation(), first.locator('button').click()]);
}

/// A text in which there is no signed reading.
async function pasteNothing(page) {
  await page.click('details.fold summary');
  await page.fill('#text', '充电 23.486 kWh，谢谢惠顾');
  return Promise.all([page.waitForNavigation(), page.click('details.fold button')]);
}

/// A table with a new instrument, a change and rows that cannot be taken.
async function lookAtLedger(page) {
  const table = [
    '器具名称,型号,测量范围,准确度等级,出厂编号,制造厂,使用区,使用地点,用途,器具标识',
    '电子秤,ACS-15,最大秤量 Max = 15 kg；检定分度值 e = 5 g,III,N-0001,津衡电子,和平,二楼 3 号摊,贸易结算,',
    '电子秤,ACS-15,最大秤量 Max = 15 m,III,N-0002,津衡电子,和平,二楼 4 号摊,贸易结算,',
    '电子秤,ACS-15,,III,,津衡电子,和平,二楼 5 号摊,买卖,',
    ',,,,,,,迁到二楼 1 号摊,,thing:scale:000024',
  ];
  return upload(page, 'ledger.csv', Buffer.from(table.join('\n')));
}

/// What stands on the nameplate of a scale.
const NAMEPLATE = {
  name: '电子计价秤', manufacturer: '津衡电子', model: 'ACS-15', serial: 'N-0003', class: 'III',
  range: '最大秤量 Max = 15 kg；检定分度值 e = 5 g', address: '二楼 3 号摊',
};

/// A new instrument with a range in metres and no district.
async function typeWrong(page) {
  return typeNameplate(page, { ...NAMEPLATE, range: '最大秤量 Max = 15 m' }, '');
}

/// A new instrument, ready to be registered.
async function typeRight(page) {
  return typeNameplate(page, NAMEPLATE, '120101');
}

async function typeNameplate(page, plate, district) {
  await page.selectOption('#kind', 'digital-indicating-scale');
  await page.selectOption('#purpose', 'trade');
  await page.selectOption('#district', district);
  for (const [field, text] of Object.entries(plate)) await page.fill(`#${field}`, text);
  return Promise.all([page.waitForNavigation(), page.click('button[value=look]')]);
}

/// A model with a name that is not among its inputs.
async function typeWrongModel(page) {
  const text = await page.locator('#model').inputValue();
  await page.fill('#model', text.replace('alphas*dt)', 'alpha*dt)'));
  return Promise.all([page.waitForNavigation(), page.click('#model-form button')]);
}

/// A name that nobody has.
async function signInWrong(page) {
  await page.locator('#name').fill('nobody');
  await page.locator('#password').fill('not the password');
  return Promise.all([page.waitForNavigation(), page.locator('main form button').click()]);
}

async function upload(page, name, buffer) {
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
  return Promise.all([page.waitForNavigation(), page.locator('form:has(input[type=file]) button').click()]);
}
