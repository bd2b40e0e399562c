CREATE TABLE "api_key_secrets" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"key_id" text NOT NULL,
	"hash" "bytea" NOT NULL,
	"ending" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ends_at" timestamp (3) with time zone,
	CONSTRAINT "api_key_secrets_hash" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"name" text NOT NULL,
	"permissions" text[] NOT NULL,
	"role" text NOT NULL,
	"project_ids" text[],
	"created_by_id" text NOT NULL,
	"created_by_name" text NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"last_used_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "api_keys_tenant_key" UNIQUE("organization_id","id"),
	CONSTRAINT "api_keys_name" UNIQUE("organization_id","name")
);
--> statement-breakpoint
ALTER TABLE "objects" ADD COLUMN "project_id" text;--> statement-breakpoint
ALTER TABLE "api_key_secrets" ADD CONSTRAINT "api_key_secrets_organization_id_key_id_api_keys_organization_id_id_fk" FOREIGN KEY ("organization_id","key_id") REFERENCES "public"."api_keys"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "api_key_secrets_key" ON "api_key_secrets" USING btree ("organization_id","key_id");--> statement-breakpoint
CREATE INDEX "api_keys_newest" ON "api_keys" USING btree ("organization_id","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
select guard_tenant_table('api_keys'), guard_tenant_table('api_key_secrets');
--> statement-breakpoint
select register_kind('api_keys', 'api_key');
--> statement-breakpoint
grant select, insert, update, delete on api_keys, api_key_secrets to vibecaas_app;
--> statement-breakpoint
-- Whoever sends a key does not say whose it is.
grant select (id, organization_id, name, permissions, role, project_ids, expires_at) on api_keys to vibecaas_functions;
--> statement-breakpoint
grant select (id, key_id, organization_id, hash, ends_at) on api_key_secrets to vibecaas_functions;
--> statement-breakpoint
create policy named_functions on api_keys for select to vibecaas_functions using (true);
--> statement-breakpoint
create policy named_functions on api_key_secrets for select to vibecaas_functions using (true);
--> statement-breakpoint
-- The tables' owner sees every row while the registry learns of which project each object is.
alter table objects no force row level security;
alter table runs no force row level security;
alter table comparisons no force row level security;
alter table proposals no force row level security;
alter table machines no force row level security;
alter table apps no force row level security;
alter table mcp_servers no force row level security;
--> statement-breakpoint
update objects set project_id = id where noun = 'project';
--> statement-breakpoint
update objects o set project_id = c.project_id from (
  select id, project_id from runs
  union all select id, project_id from comparisons
  union all select id, project_id from proposals
  union all select id, project_id from machines
  union all select id, project_id from apps
  union all select id, project_id from mcp_servers
) c where c.id = o.id;
--> statement-breakpoint
alter table objects force row level security;
alter table runs force row level security;
alter table comparisons force row level security;
alter table proposals force row level security;
alter table machines force row level security;
alter table apps force row level security;
alter table mcp_servers force row level security;
--> statement-breakpoint
grant usage, create on schema public to vibecaas_functions;
--> statement-breakpoint
set local role vibecaas_functions;
--> statement-breakpoint
create or replace function register_object() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  object_row jsonb;
begin
  if tg_op = 'DELETE' then
    delete from public.objects where id = old.id;
    return null;
  end if;
  object_row := to_jsonb(new);
  insert into public.objects (id, noun, organization_id, project_id)
  values (new.id, tg_argv[0],
    case tg_argv[0] when 'organization' then new.id else object_row->>'organization_id' end,
    object_row->>'project_id');
  return null;
end $$;
--> statement-breakpoint
create or replace function register_due_object() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    insert into public.objects (id, noun, loop, organization_id, project_id, due)
    values (new.id, tg_argv[0], tg_argv[1], new.organization_id,
      case tg_argv[0] when 'project' then new.id else to_jsonb(new)->>'project_id' end, new.due);
  elsif tg_op = 'UPDATE' then
    update public.objects set due = new.due where id = new.id;
  else
    delete from public.objects where id = old.id;
  end if;
  return null;
end $$;
--> statement-breakpoint
-- The organization that owns an object, and the project that it is or is of; no row when there is none.
create function place_of(object_kind text, object_id text) returns table (organization_id text, project_id text)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select o.organization_id, o.project_id from public.objects o where o.id = object_id and o.noun = object_kind;
end;
--> statement-breakpoint
-- What a secret opens, and until when: the end of the secret or of its key. An unknown one has no row.
create function api_key_principal(secret_hash bytea) returns table (
  secret_id text, key_id text, organization_id text, name text, role text, permissions text[],
  project_ids text[], ends_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select s.id, k.id, k.organization_id, k.name, k.role, k.permissions, k.project_ids,
    least(s.ends_at, k.expires_at)
  from public.api_key_secrets s join public.api_keys k on k.id = s.key_id
  where s.hash = secret_hash;
end;
--> statement-breakpoint
drop function owner_of;
--> statement-breakpoint
revoke all on function place_of, api_key_principal from public;
--> statement-breakpoint
grant execute on function place_of, api_key_principal to vibecaas_app;
--> statement-breakpoint
set local role vibecaas_owner;
--> statement-breakpoint
revoke create on schema public from vibecaas_functions;
--> statement-breakpoint
-- Heard by every replica when, and only when, the change commits: what was opened with it is closed.
-- When a key was last used concerns nobody.
create function tell_key_change() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform pg_notify('sessions', 'user:' || (to_jsonb(old)->>tg_argv[0]));
  return null;
end $$;
--> statement-breakpoint
create trigger tell_change after delete on api_keys
  for each row execute function tell_key_change('id');
--> statement-breakpoint
create trigger tell_change after update or delete on api_key_secrets
  for each row execute function tell_key_change('key_id');
