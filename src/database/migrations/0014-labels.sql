-- The pairs of neighbouring characters, in the order of the text. Whatever looks for pairs in an index takes each but once, so none is looked
-- for here, and no query is run for a text: indexes over pairs are made and kept up in a fraction of the time. Those that are there stay true.
create or replace function citygraph.bigrams(text) returns text[]
  language plpgsql immutable strict parallel safe
  as $$
    declare
      characters text[] := string_to_array($1, null);
      pairs text[] := '{}';
    begin
      for i in 1 .. cardinality(characters) - 1 loop
        pairs[i] := characters[i] || characters[i + 1];
      end loop;
      return pairs;
    end
  $$;

-- Words of a fixed stock are found as a whole or by how they begin: an index over their parts is not needed. A pool that is being seeded has
-- them set aside.
drop index if exists "emergency"."emergency_event_type_bigrams";
drop index if exists "credit"."enterprise_credit_record_source_bigrams";
drop index if exists "credit"."enterprise_list_entry_list_name_bigrams";
drop index if exists "credit"."enterprise_list_entry_decided_by_bigrams";
drop index if exists "government_services"."enterprise_service_case_department_bigrams";
drop index if exists "natural_resources"."forest_parcel_species_bigrams";
drop index if exists "legal_person"."inspection_authority_bigrams";
drop index if exists "legal_person"."licence_authority_bigrams";
drop index if exists "legal_person"."penalty_authority_bigrams";
drop index if exists "credit"."person_list_entry_list_name_bigrams";
drop index if exists "government_services"."person_service_case_department_bigrams";
drop index if exists "government_services"."service_item_department_bigrams";
drop index if exists "statistics"."statistics_edition_dataset_bigrams";
drop index if exists "emergency"."work_safety_permit_authority_bigrams";
