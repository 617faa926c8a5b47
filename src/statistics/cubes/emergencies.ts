/** Emergencies, where and when they happened. They are about nobody, and each row is open by itself. */
import { EmergencyEvent } from '../../libraries/emergency/emergency-event.js';
import { EmergencyStatistic } from '../../libraries/statistics/emergency-statistic.js';
import { defineCube, source } from '../cube.js';
import { eventCategory, eventType, period } from '../dimensions.js';

export const emergencies = defineCube({
  dataset: EmergencyStatistic,
  family: 'emergencies',
  unit: 'events',
  place: 'division',
  dimensions: [eventCategory, eventType, period('YEAR', 'MONTH')],
  count: 'events',
  control: 'open-rows',
  k: 1,
  contributes: 'once',
  money: null,
  sources: [
    source(EmergencyEvent, {
      dimensions: {
        category: { field: 'category', as: 'code' },
        type: { field: 'type', as: 'code' },
        period: { field: 'occurredAt', as: 'month' },
      },
    }),
  ],
});
