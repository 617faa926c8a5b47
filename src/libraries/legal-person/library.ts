import { defineLibrary } from '../../model/library.js';
import { Enterprise } from './enterprise.js';
import { Officer } from './officer.js';

export const legalPerson = defineLibrary({ code: 'legal-person', zh: '法人库', en: 'Legal persons', datasets: [Enterprise, Officer] });
