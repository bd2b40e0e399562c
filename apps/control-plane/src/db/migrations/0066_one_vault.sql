-- Values that kinds kept in columns of their own go to the vault as they are, sealed: nothing is opened here.
-- A server that starts seals them anew for their new place.
ALTER TABLE "secret_versions" ADD COLUMN "brought_from" text;
--> statement-breakpoint
ALTER TABLE "mcp_servers" ADD COLUMN "header_names" text[] DEFAULT '{}' NOT NULL;
--> statement-breakpoint
ALTER TABLE "mcp_servers" ALTER COLUMN "header_names" DROP DEFAULT;
--> statement-breakpoint
do $$
declare
  digits constant text := '0123456789abcdefghjkmnpqrstvwxyz';
  organization text;
  was record;
  ms bigint := floor(extract(epoch from clock_timestamp()) * 1000);
  made text;
begin
  for organization in select public.organizations_not_wrapped_by('') loop
    perform set_config('app.organization', organization, true);
    for was in
      select s.project_id, s.id as kept_by, lower(h.value->>'name') as name, 'text' as type, h.value->>'sealed' as sealed,
        'mcp_servers.headers' as place, s.created_by_name as set_by, s.updated_at as set_at
      from mcp_servers s, jsonb_array_elements(s.headers) h
      union all
      select r.project_id, r.id, lower(r.header), 'text', r.sealed_value,
        'egress_rules.sealed_value', r.allowed_by_name, r.updated_at
      from egress_rules r where r.sealed_value is not null
      union all
      select a.project_id, a.project_id, 'AI_KEY', 'token', a.sealed_secret,
        'project_ai.sealed_secret', a.changed_by_name, a.changed_at
      from project_ai a where a.sealed_secret is not null
    loop
      -- As ids are made: the time, then what nobody can guess.
      select 'sec_' || string_agg(substr(digits, ((ms >> (5 * place)) & 31)::int + 1, 1), '' order by place desc)
        || substr(replace(gen_random_uuid()::text, '-', ''), 17) into made
      from generate_series(0, 9) place;
      insert into secrets (id, organization_id, project_id, kept_by, name, environment, type, note, current,
        hook_told, changes, created_by_name, created_at, updated_at)
      values (made, organization, was.project_id, was.kept_by, was.name, 'every', was.type, '', 1,
        0, 1, was.set_by, was.set_at, was.set_at);
      insert into secret_versions (organization_id, secret_id, number, sealed, set_by_name, set_at, brought_from)
      values (organization, made, 1, was.sealed, was.set_by, was.set_at, was.place);
    end loop;
    update mcp_servers s set header_names = array(
      select h.value->>'name' from jsonb_array_elements(s.headers) with ordinality h order by h.ordinality);
  end loop;
  perform set_config('app.organization', '', true);
end $$;
--> statement-breakpoint
CREATE INDEX "secrets_kept" ON "secrets" USING btree ("kept_by") WHERE kept_by is not null;
--> statement-breakpoint
CREATE INDEX "secret_versions_brought" ON "secret_versions" USING btree ("organization_id") WHERE brought_from is not null;
--> statement-breakpoint
ALTER TABLE "mcp_servers" DROP COLUMN "headers";
--> statement-breakpoint
ALTER TABLE "egress_rules" DROP COLUMN "sealed_value";
--> statement-breakpoint
ALTER TABLE "project_ai" DROP COLUMN "sealed_secret";
--> statement-breakpoint
-- The installation's own values have versions, too.
ALTER TABLE "platform_keys" DROP CONSTRAINT "platform_keys_pkey";
--> statement-breakpoint
ALTER TABLE "platform_keys" ADD COLUMN "number" integer DEFAULT 1 NOT NULL;
--> statement-breakpoint
ALTER TABLE "platform_keys" ALTER COLUMN "number" DROP DEFAULT;
--> statement-breakpoint
ALTER TABLE "platform_keys" ADD COLUMN "set_by_name" text DEFAULT 'The platform' NOT NULL;
--> statement-breakpoint
ALTER TABLE "platform_keys" ALTER COLUMN "set_by_name" DROP DEFAULT;
--> statement-breakpoint
ALTER TABLE "platform_keys" ADD COLUMN "set_at" timestamp (3) with time zone DEFAULT now() NOT NULL;
--> statement-breakpoint
ALTER TABLE "platform_keys" ALTER COLUMN "set_at" DROP DEFAULT;
--> statement-breakpoint
ALTER TABLE "platform_keys" ADD COLUMN "brought_from" text;
--> statement-breakpoint
ALTER TABLE "platform_keys" ADD CONSTRAINT "platform_keys_name_number_pk" PRIMARY KEY("name","number");
--> statement-breakpoint
update platform_keys set brought_from = 'platform_keys.sealed';
--> statement-breakpoint
insert into platform_keys (name, number, sealed, set_by_name, set_at, brought_from)
select 'model_providers/' || provider, 1, sealed_key, set_by_name, set_at, 'model_providers.sealed_key'
from model_providers where sealed_key is not null;
--> statement-breakpoint
ALTER TABLE "model_providers" DROP COLUMN "sealed_key";
--> statement-breakpoint
ALTER TABLE "model_providers" DROP COLUMN "key_ends";
--> statement-breakpoint
grant select (brought_from), update (sealed, brought_from) on secret_versions to vibecaas_app;
--> statement-breakpoint
revoke select, update on platform_keys from vibecaas_app;
--> statement-breakpoint
grant select (name, number, set_by_name, set_at, brought_from), update (sealed, brought_from), delete
  on platform_keys to vibecaas_app;
--> statement-breakpoint
grant select on platform_keys to vibecaas_functions;
--> statement-breakpoint
grant create on schema public to vibecaas_functions;
--> statement-breakpoint
set local role vibecaas_functions;
--> statement-breakpoint
-- One version of a value of the installation, sealed.
create function platform_key(in_name text, in_number integer) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select k.sealed from public.platform_keys k where k.name = in_name and k.number = in_number;
end;
--> statement-breakpoint
-- Organizations that have values which are sealed for where they were before: their ids and nothing else.
create function organizations_with_brought_secrets() returns setof text
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select distinct v.organization_id from public.secret_versions v where v.brought_from is not null;
end;
--> statement-breakpoint
revoke all on function platform_key, organizations_with_brought_secrets from public;
--> statement-breakpoint
grant execute on function platform_key, organizations_with_brought_secrets to vibecaas_app;
--> statement-breakpoint
set local role vibecaas_owner;
--> statement-breakpoint
revoke create on schema public from vibecaas_functions;
