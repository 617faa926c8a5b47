import { defineLibrary } from '../../model/library.js';
import { EnterpriseServiceCase } from './enterprise-service-case.js';
import { PersonServiceCase } from './person-service-case.js';
import { ServiceItem } from './service-item.js';

export const governmentServices = defineLibrary({
  code: 'government-services',
  zh: '政务服务库',
  en: 'Government services',
  datasets: [ServiceItem, PersonServiceCase, EnterpriseServiceCase],
});
