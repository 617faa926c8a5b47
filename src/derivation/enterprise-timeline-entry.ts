/** The time line of legal persons, from open facts alone. */
import type { Derivation } from './derivation.js';

/** $1 day, $2 edition. What is not published on that day is not there; what will be published no more ends with its publication. */
const query = `
select distinct on (legal_person_id, kind, reference, happened_on)
       legal_person_id, kind, reference, happened_on, left(title, 400) as title, source_dataset, $2::int as edition, published_until
  from (
    select legal_person_id, 'ESTABLISHED' as kind, '-' as reference, established_on as happened_on,
           '成立登记' || coalesce('（' || registration_authority || '）', '') as title, 'Enterprise' as source_dataset, null::date as published_until
      from legal_person.enterprise
    union all
    select legal_person_id, 'CHANGED', '-', approved_on, '登记事项变更核准' || coalesce('（' || registration_authority || '）', ''), 'Enterprise', null
      from legal_person.enterprise where approved_on > established_on
    union all
    select legal_person_id, 'CLOSED', '-', closed_on, '注销、吊销或撤销登记', 'Enterprise', null from legal_person.enterprise
    union all
    select legal_person_id, 'ESTABLISHED', '-', established_on,
           '社会组织成立登记' || coalesce('（' || registration_authority || '）', ''), 'SocialOrganisation', null
      from legal_person.social_organisation
    union all
    select legal_person_id, 'CLOSED', '-', closed_on, '社会组织注销或撤销登记', 'SocialOrganisation', null from legal_person.social_organisation
    union all
    select legal_person_id, 'LICENCE_GRANTED', decision_number, decided_on, '取得行政许可：' || certificate_name, 'Licence', null
      from legal_person.licence
    union all
    select legal_person_id, 'LICENCE_ENDED', decision_number, ended_on, '行政许可终止：' || certificate_name, 'Licence', null
      from legal_person.licence
    union all
    select legal_person_id, 'INSPECTED', inspection_number, inspected_on, '接受监督检查：' || subject_matter, 'Inspection', null
      from legal_person.inspection where published_on <= $1::date
    union all
    select legal_person_id, 'PENALISED', decision_number, decided_on, '受到行政处罚：' || violation, 'Penalty', published_until
      from legal_person.penalty where published_on <= $1::date and published_until >= $1::date
    union all
    select legal_person_id, case kind when 'RED' then 'RED_LISTED' else 'BLACK_LISTED' end, entry_number, listed_on,
           case kind when 'RED' then '列入守信激励名单：' else '列入严重失信名单：' end || list_name, 'EnterpriseListEntry', published_until
      from credit.enterprise_list_entry where published_on <= $1::date and published_until >= $1::date
    union all
    select legal_person_id, 'WORK_SAFETY_PERMIT_ISSUED', permit_number, issued_on, '取得安全生产许可：' || scope, 'WorkSafetyPermit', null
      from emergency.work_safety_permit
    union all
    select legal_person_id, 'WORK_SAFETY_PERMIT_ENDED', permit_number, status_since, '安全生产许可暂扣或终止', 'WorkSafetyPermit', null
      from emergency.work_safety_permit
    union all
    select legal_person_id, 'DISCHARGE_PERMIT_ISSUED', permit_number, issued_on, '取得排污许可', 'DischargePermit', null
      from ecology.discharge_permit
    union all
    select legal_person_id, 'DISCHARGE_PERMIT_ENDED', permit_number, ended_on, '排污许可注销或撤销', 'DischargePermit', null
      from ecology.discharge_permit
  ) as told
 where happened_on <= $1::date
 order by legal_person_id, kind, reference, happened_on, source_dataset, title`;

export const enterpriseTimelineEntry: Derivation = {
  dataset: 'EnterpriseTimelineEntry',
  table: 'enterprise_timeline_entry',
  resource: '3/06/13/001/000007',
  subject: 'legal_person',
  key: ['kind', 'reference', 'happened_on'],
  columns: ['title', 'source_dataset', 'edition', 'published_until'],
  query,
  parameters: ({ asOf, edition }) => [asOf, edition],
};
