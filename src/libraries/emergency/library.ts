import { defineLibrary } from '../../model/library.js';
import { EmergencyEvent } from './emergency-event.js';
import { EmergencySupply } from './emergency-supply.js';
import { WorkSafetyPermit } from './work-safety-permit.js';

export const emergency = defineLibrary({
  code: 'emergency',
  zh: '应急管理库',
  en: 'Emergency management',
  datasets: [EmergencyEvent, EmergencySupply, WorkSafetyPermit],
});
