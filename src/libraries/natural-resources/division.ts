/** The city and its nine districts and banners, as civil affairs keeps them: the places that all else lies in. */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, Place } from '../../model/dataset.js';
import { decimal, integer, oneOf, text } from '../../model/value-type.js';

const divisionKind = oneOf({
  name: 'DivisionKind',
  zh: '行政区划类别',
  en: 'Kind of division',
  values: {
    CITY: { zh: '地级市', en: 'City at prefecture level' },
    DISTRICT: { zh: '市辖区', en: 'District' },
    BANNER: { zh: '旗', en: 'Banner' },
  },
});

@Dataset({
  library: 'natural-resources',
  table: 'division',
  list: 'divisions',
  zh: '行政区划',
  en: 'Division: the city, one of its districts or one of its banners',
  provider: '150600-civil-affairs',
  resource: '3/06/03/001/000007',
  existence: 'L1',
  sharing: 'unconditional',
  open: 'open',
  category: 'general',
  key: ['code'],
})
export class Division extends LibraryRow {
  @Place({ level: 'L1', zh: '行政区划代码', en: 'Code of the division' })
  code!: string;

  @Column({ type: text(30), level: 'L1', required: true, find: true, zh: '名称', en: 'Name' })
  name!: string;

  @Column({ type: text(60), level: 'L1', required: true, zh: '英文名称', en: 'Name in English' })
  englishName!: string;

  @Column({ type: divisionKind, level: 'L1', required: true, find: true, zh: '类别', en: 'Kind' })
  kind!: string;

  @Column({
    type: text(6),
    level: 'L1',
    standard: 'GB/T 2260',
    zh: '上级行政区划代码',
    en: 'Code of the division above; null for the city',
  })
  parentCode!: string | null;

  @Column({ type: text(30), level: 'L1', required: true, zh: '政府驻地', en: 'Seat of government' })
  seat!: string;

  @Column({ type: decimal(9, 2), level: 'L1', unit: '平方公里 (km²)', zh: '行政区域面积', en: 'Area' })
  area!: string | null;

  @Column({
    type: integer,
    level: 'L1',
    unit: '个 (towns)',
    zh: '街道、镇、乡、苏木数量',
    en: 'Number of subdistricts, towns, townships and sumu',
  })
  townCount!: number | null;
}
