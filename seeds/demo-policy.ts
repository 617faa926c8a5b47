/** Who may do what in the demo: consumers with their grants, and an official for each role. Plain declarations. */
import type { CoordinateEntry } from '../src/model/registry.js';
import { cityDepartmentCode } from '../src/model/code-lists/departments.js';
import type { OfficialRole } from '../src/policy/access.js';
import type { GrantItem } from '../src/policy/grant-items.js';
import type { NewConsumer, NewGrant, NewOfficial } from '../src/policy/manage-grants.js';

export interface DemoGrant extends Omit<NewGrant, 'consumer' | 'validFrom' | 'validUntil'> {
  /** Whether another person than who issues it approves it as well. */
  readonly approvedTwice?: boolean;
}

export interface DemoConsumer {
  readonly consumer: NewConsumer;
  readonly grants: readonly DemoGrant[];
}

/** The division that clinic-app works in. */
export const clinicDivision = '150602';

export function demoConsumers(coordinates: ReadonlyMap<string, CoordinateEntry>): readonly DemoConsumer[] {
  return [
    {
      consumer: {
        name: 'portrait-app',
        department: cityDepartmentCode('government-services'),
        description:
          '人口与企业画像演示：全部内容明文，可按标识查询 / portraits: all sections in plain, may match, whole city, the protected included',
        clearance: 'L2',
      },
      grants: [
        {
          code: 'DEMO-PORTRAIT',
          purpose: '政务服务中的人口与企业画像（演示）',
          legalBasis: '《政务数据共享条例》（国务院令第809号）',
          divisions: null,
          includesProtected: true,
          approvedTwice: true,
          items: everything(coordinates),
        },
      ],
    },
    {
      consumer: {
        name: 'dashboard',
        department: cityDepartmentCode('data'),
        description: '城市运行大屏演示：统计与开放字段 / dashboard: statistics and open fields, no grant',
        clearance: 'L2',
      },
      grants: [],
    },
    {
      consumer: {
        name: 'clinic-app',
        department: cityDepartmentCode('health'),
        description:
          '诊疗协同演示：健康信息明文，身份信息脱敏，可按身份证号查询，限东胜区 / clinic: health in plain, identity masked, may match, Dongsheng alone',
        clearance: 'L1',
      },
      grants: [
        {
          code: 'DEMO-CLINIC',
          purpose: '医疗机构诊疗协同（演示）',
          legalBasis: '《中华人民共和国基本医疗卫生与健康促进法》',
          divisions: [clinicDivision],
          items: clinicItems,
        },
      ],
    },
    {
      consumer: {
        name: 'no-grant-app',
        department: cityDepartmentCode('transport'),
        description: '未获授权的应用演示 / an application without any grant',
        clearance: 'L1',
      },
      grants: [],
    },
  ];
}

const clinicItems: readonly GrantItem[] = [
  { coordinate: 'Person', mode: 'plain' },
  { coordinate: 'MedicalVisit.*', mode: 'plain' },
  { coordinate: 'Resident.*', mode: 'masked' },
  { coordinate: 'Resident.idNumber', mode: 'match' },
  ...['person', 'division', 'sex', 'status'].map((field): GrantItem => ({
    coordinate: `Resident.${field}`,
    mode: 'plain',
  })),
];

/** Every coordinate that decides something and may be granted to another department. */
function everything(coordinates: ReadonlyMap<string, CoordinateEntry>): GrantItem[] {
  return [...coordinates].flatMap(([name, entry]): GrantItem[] => {
    const { sharing, category } = entry.classification;
    if (entry.coordinate !== name || sharing === 'not-shared' || category === 'core') return [];
    const plain: GrantItem = { coordinate: name, mode: 'plain' };
    return entry.matchable ? [plain, { coordinate: name, mode: 'match' }] : [plain];
  });
}

const officialDepartments: Readonly<Record<OfficialRole, string>> = {
  steward: 'public-security',
  operator: 'data',
  auditor: 'cyberspace',
  'security-officer': 'cyberspace',
  supervisor: 'government-services',
};

/** Named after their roles. */
export const demoOfficials: readonly NewOfficial[] = (Object.keys(officialDepartments) as OfficialRole[]).map(
  (role) => ({
    name: role,
    role,
    department: cityDepartmentCode(officialDepartments[role]),
  }),
);
