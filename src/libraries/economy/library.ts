import { defineLibrary } from '../../model/library.js';
import { IndicatorValue } from './indicator-value.js';
import { Indicator } from './indicator.js';

export const economy = defineLibrary({
  code: 'economy',
  zh: '经济库',
  en: 'Economy',
  datasets: [Indicator, IndicatorValue],
});
