/** The city's vocabulary and the dataset of enterprises, for the tests of loading. */
import 'reflect-metadata';
import { Enterprise } from '../../src/libraries/legal-person/enterprise.js';
import { datasetOf } from '../../src/model/dataset.js';
import type { MappingSurroundings } from '../../src/collection/mapping.js';
import { surroundingsOf } from '../../src/collection/mapping-target.js';

export const enterprise = datasetOf(Enterprise);
export const surroundings = surroundingsOf([enterprise]);
export const { vocabulary } = surroundings;

/** A dataset of few columns, of which the code alone is required. */
export const small: MappingSurroundings = {
  dataset: (name) =>
    name === 'Firm'
      ? {
          name,
          columns: ['creditCode', 'name', 'establishedOn', 'division'].map((column) => ({
            name: column,
            required: column === 'creditCode',
          })),
        }
      : undefined,
  vocabulary,
};
