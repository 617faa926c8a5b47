/** The register of stationary sources: who pollutes, with what, how much, and how it is watched. */
import { PollutionSource } from '../../../src/libraries/ecology/pollution-source.js';
import type { Cast } from '../../cast/cast.js';
import { streamOf } from '../../cast/draw.js';
import { drawGivenName, drawSurname } from '../../cast/han-names.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';
import { type Source, sourceOf, tonnes } from './sources.js';

const soilStream = streamOf('pollution-source.soil');
/** Contacts bear names drawn at indexes that no person has. */
const contactOffset = 0x5000_0000;

export const pollutionSourceSeed: DatasetSeed<SeedRow<PollutionSource, 'legalPerson'>> = {
  dataset: PollutionSource,
  of: 'legal-person',
  rows(cast, index) {
    const source = sourceOf(cast, index);
    if (source === undefined) return [];
    const { firm, emissions, limits } = source;
    const isKeyForAir = source.management === 'KEY' && (limits.so2 ?? limits.nox) !== null;
    const isKeyForWater = source.management !== 'REGISTRATION' && limits.cod !== null;
    const isChemical = source.sites.some(({ profile }) => profile.kind === 'COAL_CHEMICAL_PLANT');
    return [
      {
        legalPerson: index,
        sourceCode: source.code,
        name: source.sites[0]?.name ?? firm.name,
        industry: firm.industry,
        isKeyForAir,
        isKeyForWater,
        isKeyForSoil: isChemical || (source.management === 'KEY' && cast.draw.chance(soilStream, index, 0.3)),
        isKeyForRisk: isChemical,
        pollutants: pollutantsOf(source),
        treatment: treatmentOf(source),
        isMonitored: isKeyForAir || isKeyForWater,
        so2Emission: tonnes(emissions.so2),
        noxEmission: tonnes(emissions.nox),
        particulateEmission: tonnes(emissions.particulate),
        codDischarge: tonnes(emissions.cod),
        town: firm.town,
        ...source.position,
        status: source.status,
        closedOn: source.closedOn,
        contact: contactOf(cast, index),
        telephone: firm.telephone,
      },
    ];
  },
};

function pollutantsOf({ limits, firm }: Source): string {
  const named = [
    limits.so2 !== null && '二氧化硫',
    limits.nox !== null && '氮氧化物',
    limits.particulate !== null && '颗粒物',
    limits.cod !== null && '化学需氧量',
  ].filter((it) => it !== false);
  if (named.length > 0) return named.join('、');
  return firm.industry === '811' ? '挥发性有机物、危险废物' : '医疗废水、生活污水';
}

function treatmentOf({ limits }: Source): string {
  const named = [
    limits.so2 !== null && '石灰石-石膏湿法脱硫',
    limits.nox !== null && 'SCR脱硝',
    limits.particulate !== null && '布袋除尘',
    limits.cod !== null && '生化处理',
  ].filter((it) => it !== false);
  return named.length > 0 ? named.join('、') : '活性炭吸附、化粪池';
}

function contactOf({ draw }: Cast, index: number): string {
  const who = contactOffset + index;
  return drawSurname(draw, who) + drawGivenName(draw, who, index % 3 === 0 ? 'female' : 'male', 1980);
}
