-- Who succeeded an enterprise that was merged, divided or converted.

create table "legal_person"."enterprise_succession" (
  "id" bigserial primary key,
  "legal_person_id" bigint not null,
  "legal_person_division" varchar(6) collate "C" null,
  "legal_person_protected_until" date not null default '-infinity',
  "successor_id" bigint null,
  "successor_division" varchar(6) collate "C" null,
  "successor_protected_until" date not null default '-infinity',
  "succession_number" varchar(20) not null,
  "successor_name" varchar(200) collate "C" not null,
  "kind" varchar(13) collate "C" not null,
  "effective_on" date not null,
  "announced_on" date null,
  "assumes_debts" boolean not null,
  "document_number" varchar(60) collate "C" null,
  "registration_authority" varchar(100) null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "legal_person"."enterprise_succession" is '企业承继 EnterpriseSuccession: who succeeded an enterprise that was merged, divided or converted';
create index "enterprise_succession_legal_person_id_index" on "legal_person"."enterprise_succession" ("legal_person_id");
create index "enterprise_succession_legal_person_division_index" on "legal_person"."enterprise_succession" ("legal_person_division");
create index "enterprise_succession_successor_id_index" on "legal_person"."enterprise_succession" ("successor_id");
create index "enterprise_succession_successor_name_index" on "legal_person"."enterprise_succession" ("successor_name");
create index "enterprise_succession_successor_name_bigrams" on "legal_person"."enterprise_succession" using gin (citygraph.bigrams("successor_name"));
create index "enterprise_succession_kind_index" on "legal_person"."enterprise_succession" ("kind");
create index "enterprise_succession_effective_on_index" on "legal_person"."enterprise_succession" ("effective_on");
create index "enterprise_succession_document_number_index" on "legal_person"."enterprise_succession" ("document_number");
alter table "legal_person"."enterprise_succession" add constraint "enterprise_succession_key" unique ("legal_person_id", "succession_number");
