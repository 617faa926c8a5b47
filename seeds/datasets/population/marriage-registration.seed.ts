/**
 * Weddings of everyone who is or was married, a row for each side under one certificate number; a divorce for who is divorced. A former
 * spouse, and a late one of long ago, is nobody of the cast: he is there by name alone.
 */
import { MarriageRegistration } from '../../../src/libraries/population/marriage-registration.js';
import { divisions } from '../../../src/model/code-lists/divisions.js';
import { castDay, dayOf, isoOf, yearsAfter } from '../../cast/calendar.js';
import type { Cast } from '../../cast/cast.js';
import { streamOf } from '../../cast/draw.js';
import { drawGivenName, drawSurname } from '../../cast/han-names.js';
import type { Person } from '../../cast/person.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';
import { lastDayOf } from '../days.js';
import { recallPerson } from './kin.js';

type Row = SeedRow<MarriageRegistration, 'person' | 'spouse'>;

const streams = {
  wedding: streamOf('marriage-registration.wedding'),
  divorce: streamOf('marriage-registration.divorce'),
  reissue: streamOf('marriage-registration.reissue'),
};
/** Spouses from outside the cast bear names drawn at indexes that no person has. */
const spouseOffset = 0x3200_0000;
const china = '156';
const [single, married, firstMarried, remarried, divorced] = ['10', '20', '21', '22', '40'] as const;

export const marriageRegistrationSeed: DatasetSeed<Row> = {
  dataset: MarriageRegistration,
  of: 'person',
  rows(cast, index) {
    const person = recallPerson(cast, index);
    if (person.spouse !== undefined) return couplesRows(cast, person, recallPerson(cast, person.spouse));
    return ['30', '40'].includes(person.maritalStatus) ? formerRows(cast, person) : [];
  },
};

/** What both sides share is drawn at the smaller index of the two. */
function couplesRows(cast: Cast, person: Person, spouse: Person): Row[] {
  const { draw } = cast;
  const couple = Math.min(person.index, spouse.index);
  const again = [person, spouse].some(({ maritalStatus }) => maritalStatus === remarried);
  const common = {
    ...describeSide(person),
    spouse: spouse.index,
    spouseName: spouse.name,
    spouseNationality: spouse.nationality,
  };
  const wedding: Row = {
    ...common,
    ...describeCertificate('J', person.division, person.marriedOn!, couple),
    businessType: 'MARRIAGE',
    statusBefore: again ? divorced : single,
    statusAfter: again ? remarried : firstMarried,
  };
  const from = dayOf(person.marriedOn!) + 365;
  const to = Math.min(lastDayOf(person), lastDayOf(spouse));
  if (from >= to || !draw.chance(streams.reissue, couple, 0.03)) return [wedding];
  const reissuedOn = isoOf(draw.between(streams.reissue, couple + 0x4000_0000, from, to));
  const certificate = describeCertificate('BJ', person.division, reissuedOn, couple);
  return [
    wedding,
    { ...common, ...certificate, businessType: 'MARRIAGE_REISSUED', statusBefore: married, statusAfter: married },
  ];
}

function formerRows(cast: Cast, person: Person): Row[] {
  const { draw } = cast;
  const { index, division, birthDate, sex } = person;
  const outsider = spouseOffset + index;
  const year = Number(birthDate.slice(0, 4));
  const common = {
    ...describeSide(person),
    spouse: null,
    spouseName: drawSurname(draw, outsider) + drawGivenName(draw, outsider, sex === '1' ? 'female' : 'male', year),
    spouseNationality: china,
  };
  // Before 25, at which the first child may come.
  const weddingDay = dayOf(yearsAfter(birthDate, 22)) + draw.between(streams.wedding, index, 20, 900);
  const wedding: Row = {
    ...common,
    ...describeCertificate('J', division, isoOf(weddingDay), index),
    businessType: 'MARRIAGE',
    statusBefore: single,
    statusAfter: firstMarried,
  };
  if (person.maritalStatus !== divorced) return [wedding];
  const births = person.children.map((child) => dayOf(recallPerson(cast, child).birthDate));
  const last = Math.min(castDay, lastDayOf(person));
  const from = Math.min(last, Math.max(weddingDay + 365, ...births.map((day) => day + 365)));
  const divorcedOn = isoOf(draw.between(streams.divorce, index, from, last));
  return [
    wedding,
    {
      ...common,
      ...describeCertificate('L', division, divorcedOn, index),
      businessType: 'DIVORCE',
      statusBefore: married,
      statusAfter: divorced,
    },
  ];
}

function describeSide({ index, sex }: Person): Pick<Row, 'person' | 'side'> {
  return { person: index, side: sex === '1' ? 'HUSBAND' : 'WIFE' };
}

/** 字号: a letter for the kind, the authority, the year and a number; here the number is the couple's own, so that no two are alike. */
function describeCertificate(
  kind: 'J' | 'L' | 'BJ',
  division: string,
  registeredOn: string,
  number: number,
): Pick<Row, 'certificateNumber' | 'registeredOn' | 'registrationAuthority' | 'authorityRegion'> {
  return {
    certificateNumber: `${kind}${division}-${registeredOn.slice(0, 4)}-${String(number).padStart(6, '0')}`,
    registeredOn,
    registrationAuthority: `${divisions.find(division)!.zh}民政局婚姻登记处`,
    authorityRegion: division,
  };
}
