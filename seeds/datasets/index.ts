/**
 * The seeds of all datasets, one explicit line each. They stand here and not beside the datasets: a seed needs the cast, and a library
 * knows nothing but the model.
 */
import type { DatasetSeed } from './dataset-seed.js';
import { medicalVisitSeed } from './healthcare/medical-visit.seed.js';
import { enterpriseSeed } from './legal-person/enterprise.seed.js';
import { officerSeed } from './legal-person/officer.seed.js';
import { residentSeed } from './population/resident.seed.js';

export const datasetSeeds: readonly DatasetSeed[] = [residentSeed, enterpriseSeed, officerSeed, medicalVisitSeed];
