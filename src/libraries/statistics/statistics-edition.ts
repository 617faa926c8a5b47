/** Editions of the statistics: what was computed when, of each dataset, and how much of it is withheld. Former ones stay on the list; their figures do not. */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, Place } from '../../model/dataset.js';
import { date, integer, label, moment, oneOf } from '../../model/value-type.js';
import { placeWords, statistic } from './statistic.js';

const control = oneOf({
  name: 'StatisticsControl',
  zh: '统计保护方式',
  en: 'How the figures are kept from telling of anyone',
  values: {
    SUPPRESSION: { zh: '隐去', en: 'Small figures are withheld, and others with them' },
    OPEN_ROWS: { zh: '来源逐条开放', en: 'What is counted is open row by row' },
  },
});

@Dataset(
  statistic({
    table: 'statistics_edition',
    list: 'statisticsEditions',
    zh: '统计版次',
    en: 'StatisticsEdition: the edition of a dataset of statistics',
    resource: '3/06/14/001/000015',
    key: ['dataset', 'edition'],
    loweredBy: 'own-records',
  }),
)
export class StatisticsEdition extends LibraryRow {
  @Place(placeWords)
  division!: string;

  @Column({ type: label(60), level: 'L1', find: true, required: true, zh: '统计数据集', en: 'Dataset, by its type' })
  dataset!: string;

  @Column({
    type: integer,
    level: 'L1',
    find: true,
    required: true,
    unit: '次序 (ordinal)',
    zh: '版次',
    en: 'Edition: one run of the computation',
  })
  edition!: number;

  @Column({ type: date, level: 'L1', find: true, required: true, zh: '数据截至日期', en: 'Day as of which it counts' })
  referenceDate!: string;

  @Column({ type: control, level: 'L1', required: true, zh: '保护方式', en: 'Control' })
  control!: string;

  @Column({
    type: integer,
    level: 'L1',
    required: true,
    unit: '个 (contributors)',
    zh: '最少贡献者数',
    en: 'Fewest contributors behind a figure, k',
  })
  k!: number;

  @Column({
    type: integer,
    level: 'L1',
    required: true,
    unit: '个 (cells)',
    zh: '发布的单元格数',
    en: 'Cells published',
  })
  cells!: number;

  @Column({
    type: integer,
    level: 'L1',
    required: true,
    unit: '个 (cells)',
    zh: '隐去的单元格数',
    en: 'Cells shown as withheld',
  })
  suppressedCells!: number;

  @Column({ type: moment, level: 'L1', required: true, zh: '开始时间', en: 'When the edition was begun' })
  startedAt!: Date;

  @Column({ type: moment, level: 'L1', required: true, zh: '完成时间', en: 'When this dataset was ready' })
  endedAt!: Date;

  @Column({ type: integer, level: 'L1', required: true, unit: 'ms', zh: '计算用时', en: 'Time of computation' })
  milliseconds!: number;
}
