import { defineLibrary } from '../../model/library.js';
import { AssetReport } from './asset-report.js';
import { StateEquity } from './state-equity.js';
import { StateOwnedEnterprise } from './state-owned-enterprise.js';

export const stateAssets = defineLibrary({
  code: 'state-assets',
  zh: '国资监管库',
  en: 'State-owned assets',
  datasets: [StateOwnedEnterprise, StateEquity, AssetReport],
});
