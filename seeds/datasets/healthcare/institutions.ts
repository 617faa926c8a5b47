/** Medical institutions of the city: hospitals of the city and of each division, and a centre or clinic for each town. */
import { divisions } from '../../../src/model/code-lists/divisions.js';
import { type Town, towns } from '../../../src/model/code-lists/towns.js';
import { computeOrganisationCodeCheck } from '../../../src/model/identifiers.js';

export interface Institution {
  /** Its place among all of them. */
  readonly index: number;
  /** After WS 218: organisation code, division, economic type, class, and that it is not for profit. The organisation codes are made up. */
  readonly code: string;
  readonly name: string;
  readonly division: string;
}

/** Classes of WS 218. */
const classes = {
  general: 'A100',
  mongolian: 'A411',
  maternity: 'G100',
  mental: 'A515',
  centre: 'B100',
  clinic: 'C220',
};

const cityHospitals: readonly (readonly [name: string, division: string, kind: keyof typeof classes])[] = [
  ['鄂尔多斯市中心医院', '150603', 'general'],
  ['鄂尔多斯市第二人民医院', '150602', 'general'],
  ['鄂尔多斯市蒙医医院', '150602', 'mongolian'],
  ['鄂尔多斯市妇幼保健院', '150602', 'maternity'],
  ['鄂尔多斯市第四人民医院', '150602', 'mental'],
];

let count = 0;
function institution(name: string, division: string, kind: keyof typeof classes): Institution {
  const index = count++;
  const first8 = `46${String(index * 37 + 1001).padStart(6, '0')}`;
  const organisation = first8 + computeOrganisationCodeCheck(first8);
  return Object.freeze({ index, code: `${organisation}${division}11${classes[kind]}1`, name, division });
}

export const hospitalsOfCity = cityHospitals.map((row) => institution(...row));
export const [centralHospital, , mongolianHospital, maternityHospital, mentalHospital] = hospitalsOfCity as [
  Institution,
  Institution,
  Institution,
  Institution,
  Institution,
];

export const hospitalOfDivision: ReadonlyMap<string, Institution> = new Map(
  divisions.entries.slice(1).map(({ code, zh }) => [code, institution(`${zh}人民医院`, code, 'general')]),
);

export const clinicOfTown: ReadonlyMap<string, Institution> = new Map(
  towns.entries.map((town) => [
    town.code,
    institution(clinicNameOf(town), town.division, isUrban(town) ? 'centre' : 'clinic'),
  ]),
);

function isUrban({ kind }: Town): boolean {
  return kind === 'subdistrict' || kind === 'zone';
}

function clinicNameOf(town: Town): string {
  const place = divisions.find(town.division)!.zh;
  if (!isUrban(town)) return `${place}${town.zh}卫生院`;
  return `${place}${town.zh.replace(/街道$/, '')}社区卫生服务中心`;
}
