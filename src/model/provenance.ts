/** Where the sections of a portrait come from: for each that the caller may see, who provides it and when it was last collected. */
import { GraphQLString } from 'graphql';
import type { FieldCore } from './declaration.js';
import { DateTimeScalar } from './scalars.js';
import { defineStructure, type Structure } from './structure.js';
import type { Classification } from './classification.js';

export interface ProvenanceField extends FieldCore {
  readonly kind: 'provenance';
}

/** Which department provides which resource is in the public catalogue. When it was collected is read by who may see the rows, see the planner. */
export const provenanceClassification: Classification = Object.freeze({
  level: 'L1',
  sharing: 'unconditional',
  open: 'open',
  category: 'general',
});

export const sectionProvenance: Structure = defineStructure(
  {
    name: 'SectionProvenance',
    zh: '画像一栏的数据来源',
    en: 'Where a section of a portrait comes from',
    decidedBy: 'SectionProvenance',
  },
  [
    {
      name: 'section',
      type: () => GraphQLString,
      zh: '栏目（画像字段名）',
      en: 'The section: a field of the portrait',
    },
    {
      name: 'provider',
      type: () => GraphQLString,
      zh: '数据提供部门代码',
      en: 'Code of the department that provides it',
    },
    { name: 'providerName', type: () => GraphQLString, zh: '数据提供部门名称', en: 'Its name, in Chinese' },
    { name: 'resource', type: () => GraphQLString, zh: '信息资源代码', en: 'Code of the information resource' },
    {
      name: 'collectedAt',
      type: () => DateTimeScalar,
      zh: '该主体数据最近归集时间；无数据时为空',
      en: 'When rows about this subject were last collected; null where there are none',
    },
  ],
);

export function declareProvenance(classification: Classification): ProvenanceField {
  return {
    kind: 'provenance',
    name: 'provenance',
    zh: '各栏目的数据来源和最近归集时间（仅限可查看的栏目）',
    en: 'Provider, resource and last collection of each section that the caller may see',
    classification,
  };
}
