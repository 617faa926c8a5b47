-- Documents that are registered for a consumer, and consumers that may send no others.

alter table "citygraph"."consumer" add column "trusted_documents_only" boolean not null default false;

create table "citygraph"."trusted_document" (
  "id" bigserial primary key,
  "consumer_id" bigint not null,
  "hash" varchar(64) not null,
  "document" text not null,
  "reason" text not null,
  "registered_by" text not null,
  "registered_at" timestamptz(3) not null
);
comment on table "citygraph"."trusted_document" is '可信查询文档 trusted documents';
alter table "citygraph"."trusted_document" add constraint "trusted_document_hash" unique ("consumer_id", "hash");
alter table "citygraph"."trusted_document" add constraint "trusted_document_is_hash" check (hash ~ '^[0-9a-f]{64}$');

alter table "citygraph"."trusted_document" add constraint "trusted_document_consumer_id_foreign" foreign key ("consumer_id") references "citygraph"."consumer" ("id") on update no action on delete no action;

-- What a consumer may send is policy: known to every node from its commit.
create trigger advance_policy_version before insert or update or delete or truncate on citygraph.trusted_document
  for each statement execute function citygraph.advance_policy_version();
