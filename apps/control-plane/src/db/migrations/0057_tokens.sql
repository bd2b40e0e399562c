CREATE TABLE "signing_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"public_key" jsonb NOT NULL,
	"sealed_key" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
grant select, insert, update, delete on signing_keys to vibecaas_app;
--> statement-breakpoint
grant usage, create on schema public to vibecaas_functions;
--> statement-breakpoint
set local role vibecaas_functions;
--> statement-breakpoint
-- The same as for a session's token or a key's secret, for what a short token names them by.
create function session_principal_by_id(wanted text) returns table (
  session_id text, user_id text, name text, email text, expires_at timestamptz,
  platform_admin boolean, personal_organization_id text, memberships jsonb, grants jsonb, impersonator jsonb)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select p.* from auth."session" s, lateral public.session_principal(s."token") p where s."id" = wanted;
end;
--> statement-breakpoint
create function api_key_principal_by_id(wanted text) returns table (
  secret_id text, key_id text, organization_id text, name text, role text, permissions text[],
  project_ids text[], hidden text[], ends_at timestamptz, closed boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select p.* from public.api_key_secrets s, lateral public.api_key_principal(s.hash) p where s.id = wanted;
end;
--> statement-breakpoint
revoke all on function session_principal_by_id, api_key_principal_by_id from public;
--> statement-breakpoint
grant execute on function session_principal_by_id, api_key_principal_by_id to vibecaas_app;
--> statement-breakpoint
-- Also who looked as somebody is recorded by both names.
create or replace function erase_from_audit(person text, address text, names text[]) returns bigint
language sql security definer set search_path = pg_catalog, pg_temp
begin atomic
  with erased as (
    update public.audit_records
    set actor_name = case
        when actor_id = person then 'Erased person'
        else regexp_replace(actor_name, ' as .*$', ' as Erased person') end,
      ip = case when actor_id = person or subject = person then null else ip end,
      details = '{}'::jsonb, salt = null, erased_at = now()
    where erased_at is null and (
      actor_id = person or subject = person
      or (address <> '' and strpos(lower(details::text), address) > 0)
      or exists (select from unnest(names) n
        where strpos(details::text, to_json(n)::text) > 0 or right(actor_name, length(n) + 4) = ' as ' || n))
    returning 1
  )
  select count(*) from erased;
end;
--> statement-breakpoint
set local role vibecaas_owner;
--> statement-breakpoint
revoke create on schema public from vibecaas_functions;
