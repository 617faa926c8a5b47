/** Stocks of emergency supplies, by store. What lies where is no news for everyone: shared on condition. Supplied by emergency management. */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, Place } from '../../model/dataset.js';
import { emergencySupplyClasses } from '../../model/code-lists/emergency-supply-classes.js';
import { towns } from '../../model/code-lists/towns.js';
import { masks } from '../../model/mask.js';
import { code, date, integer, money, oneOf, reference, telephone, text } from '../../model/value-type.js';

const storeLevel = oneOf({
  name: 'EmergencyStoreLevel',
  zh: '储备库级别',
  en: 'Level of a store of emergency supplies',
  values: {
    CITY: { zh: '市级储备库', en: 'Of the city' },
    BANNER: { zh: '旗区级储备库', en: 'Of a banner or district' },
    TOWN: { zh: '苏木乡镇（街道）储备点', en: 'Of a town' },
  },
});

const supplyCondition = oneOf({
  name: 'EmergencySupplyCondition',
  zh: '物资状态',
  en: 'Condition of a stock',
  values: {
    READY: { zh: '可用', en: 'Ready' },
    BELOW_MINIMUM: { zh: '低于储备定额', en: 'Below the minimum' },
    EXPIRING: { zh: '临近有效期', en: 'Soon to expire' },
    EXPIRED: { zh: '已过期待报废', en: 'Expired, to be disposed of' },
    IN_REPAIR: { zh: '维修中', en: 'In repair' },
  },
});

@Dataset({
  library: 'emergency',
  table: 'emergency_supply',
  list: 'emergencySupplies',
  zh: '应急物资',
  en: 'EmergencySupply: a stock of emergency supplies in a store',
  provider: '150600-emergency',
  resource: '3/06/10/001/000002',
  existence: 'L2',
  sharing: 'conditional',
  open: 'not-open',
  category: 'general',
  key: ['storeCode', 'stockNumber'],
})
export class EmergencySupply extends LibraryRow {
  @Place({ level: 'L2', zh: '储备库所在地行政区划代码', en: 'Division where the store lies' })
  division!: string;

  @Column({ type: reference(40), level: 'L2', required: true, find: true, zh: '储备库编号', en: 'Code of the store' })
  storeCode!: string;

  @Column({ type: text(40), level: 'L2', required: true, zh: '库存编号', en: 'Number of the stock in the store' })
  stockNumber!: string;

  @Column({ type: text(200), level: 'L2', required: true, find: true, zh: '储备库名称', en: 'Name of the store' })
  storeName!: string;

  @Column({ type: storeLevel, level: 'L2', find: true, zh: '储备库级别', en: 'Level of the store' })
  storeLevel!: string | null;

  @Column({
    type: code(towns),
    level: 'L2',
    find: true,
    zh: '储备库所在街道（乡镇）代码',
    en: 'Town where the store lies',
  })
  town!: string | null;

  @Column({ type: text(300), level: 'L3', mask: masks.divisionOfAddress, zh: '储备库地址', en: 'Address of the store' })
  address!: string | null;

  @Column({
    type: code(emergencySupplyClasses),
    level: 'L2',
    find: true,
    required: true,
    zh: '物资大类代码',
    en: 'Class of supplies',
  })
  supplyClass!: string;

  @Column({ type: text(100), level: 'L2', required: true, find: true, zh: '物资名称', en: 'What it is' })
  name!: string;

  @Column({ type: text(100), level: 'L2', zh: '规格型号', en: 'Size and model' })
  specification!: string | null;

  @Column({
    type: integer,
    level: 'L2',
    find: true,
    required: true,
    unit: '见计量单位 (as quantityUnit says)',
    zh: '库存数量',
    en: 'Quantity in stock',
  })
  quantity!: number;

  @Column({ type: text(10), level: 'L2', required: true, zh: '计量单位', en: 'Unit of the quantity' })
  quantityUnit!: string;

  @Column({
    type: integer,
    level: 'L2',
    unit: '见计量单位 (as quantityUnit says)',
    zh: '储备定额',
    en: 'Quantity that is to be kept',
  })
  minimumQuantity!: number | null;

  @Column({
    type: money,
    level: 'L2',
    mask: masks.amountBand,
    unit: '元 (CNY)',
    zh: '物资价值',
    en: 'Value of the stock',
  })
  value!: string | null;

  @Column({ type: date, level: 'L2', zh: '入库日期', en: 'In store since' })
  storedOn!: string | null;

  @Column({ type: date, level: 'L2', find: true, zh: '有效期至', en: 'Good until; null for what does not expire' })
  expiresOn!: string | null;

  @Column({ type: date, level: 'L2', zh: '最近盘点日期', en: 'Last counted on' })
  countedOn!: string | null;

  @Column({ type: supplyCondition, level: 'L2', find: true, required: true, zh: '物资状态', en: 'Condition' })
  condition!: string;

  @Column({ type: text(100), level: 'L2', zh: '管理单位', en: 'Who keeps the store' })
  keeper!: string | null;

  @Column({ type: telephone, level: 'L3', mask: masks.telephoneEnds, zh: '值守电话', en: 'Telephone of the store' })
  telephone!: string | null;
}
