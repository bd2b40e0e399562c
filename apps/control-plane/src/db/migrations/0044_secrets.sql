CREATE TABLE "secret_shares" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"secret_id" text NOT NULL,
	"to_organization_id" text NOT NULL,
	"to_project_id" text,
	"shared_by_name" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "secret_shares_once" UNIQUE NULLS NOT DISTINCT("secret_id","to_organization_id","to_project_id")
);
--> statement-breakpoint
CREATE TABLE "secret_uses" (
	"organization_id" text NOT NULL,
	"app_id" text NOT NULL,
	"variable" text NOT NULL,
	"secret_id" text NOT NULL,
	"version" integer NOT NULL,
	CONSTRAINT "secret_uses_app_id_variable_pk" PRIMARY KEY("app_id","variable")
);
--> statement-breakpoint
CREATE TABLE "secret_versions" (
	"organization_id" text NOT NULL,
	"secret_id" text NOT NULL,
	"number" integer NOT NULL,
	"sealed" text NOT NULL,
	"set_by_name" text NOT NULL,
	"set_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "secret_versions_secret_id_number_pk" PRIMARY KEY("secret_id","number")
);
--> statement-breakpoint
CREATE TABLE "secrets" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"project_id" text,
	"kept_by" text,
	"name" text NOT NULL,
	"environment" text NOT NULL,
	"type" text NOT NULL,
	"note" text NOT NULL,
	"current" integer NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"hook_url" text,
	"hook_key" text,
	"hook_told" integer NOT NULL,
	"hook_failure" text,
	"changes" integer NOT NULL,
	"created_by_name" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"due" boolean GENERATED ALWAYS AS (hook_url is not null and hook_told < current and hook_failure is null) STORED NOT NULL,
	CONSTRAINT "secrets_tenant_key" UNIQUE("organization_id","id"),
	CONSTRAINT "secrets_name" UNIQUE NULLS NOT DISTINCT("organization_id","project_id","kept_by","name","environment")
);
--> statement-breakpoint
ALTER TABLE "apps" ADD COLUMN "secrets_applied" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "secret_shares" ADD CONSTRAINT "secret_shares_to_organization_id_organizations_id_fk" FOREIGN KEY ("to_organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "secret_shares" ADD CONSTRAINT "secret_shares_organization_id_secret_id_secrets_organization_id_id_fk" FOREIGN KEY ("organization_id","secret_id") REFERENCES "public"."secrets"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "secret_shares" ADD CONSTRAINT "secret_shares_to_organization_id_to_project_id_projects_organization_id_id_fk" FOREIGN KEY ("to_organization_id","to_project_id") REFERENCES "public"."projects"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "secret_uses" ADD CONSTRAINT "secret_uses_organization_id_app_id_apps_organization_id_id_fk" FOREIGN KEY ("organization_id","app_id") REFERENCES "public"."apps"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "secret_versions" ADD CONSTRAINT "secret_versions_organization_id_secret_id_secrets_organization_id_id_fk" FOREIGN KEY ("organization_id","secret_id") REFERENCES "public"."secrets"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "secrets" ADD CONSTRAINT "secrets_organization_id_project_id_projects_organization_id_id_fk" FOREIGN KEY ("organization_id","project_id") REFERENCES "public"."projects"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "secret_shares_to" ON "secret_shares" USING btree ("to_organization_id","to_project_id");--> statement-breakpoint
CREATE INDEX "secret_uses_secret" ON "secret_uses" USING btree ("secret_id");
--> statement-breakpoint
select guard_tenant_table('secrets'), guard_tenant_table('secret_versions'), guard_tenant_table('secret_shares'), guard_tenant_table('secret_uses');
--> statement-breakpoint
select register_kind('secrets', 'secret', 'secrets');
--> statement-breakpoint
grant select, insert, update, delete on secrets, secret_shares, secret_uses to vibecaas_app;
--> statement-breakpoint
-- What is sealed is written by the server and read through the named functions alone: they know who may.
grant select (organization_id, secret_id, number, set_by_name, set_at), insert, delete on secret_versions to vibecaas_app;
--> statement-breakpoint
grant select on secrets, secret_versions, secret_shares to vibecaas_functions;
--> statement-breakpoint
grant select (data_key) on organizations to vibecaas_functions;
--> statement-breakpoint
create policy named_functions on secrets for select to vibecaas_functions using (true);
--> statement-breakpoint
create policy named_functions on secret_versions for select to vibecaas_functions using (true);
--> statement-breakpoint
create policy named_functions on secret_shares for select to vibecaas_functions using (true);
--> statement-breakpoint
grant usage, create on schema public to vibecaas_functions;
--> statement-breakpoint
set local role vibecaas_functions;
--> statement-breakpoint
-- What an app of one project of the transaction's organization may have: the project's own secrets, and
-- those that are shared with it or with its organization. A project of others has none.
create function secrets_given(in_project text) returns table (
  id text, organization_id text, name text, environment text, current integer, source text, organization text)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  with here as (
    select p.id, p.organization_id from public.projects p
    where p.id = in_project and p.organization_id = nullif(current_setting('app.organization', true), '')
  ), may as (
    select s.id from here join public.secrets s
      on s.organization_id = here.organization_id and s.project_id = here.id
    union
    select h.secret_id from here join public.secret_shares h
      on h.to_organization_id = here.organization_id and (h.to_project_id = here.id or h.to_project_id is null)
  )
  select s.id, s.organization_id, s.name, s.environment, s.current,
    case when s.project_id = here.id then 'project' when s.organization_id = here.organization_id then 'shared'
      else 'abroad' end, o.slug
  from here cross join may join public.secrets s on s.id = may.id and s.kept_by is null
    join public.organizations o on o.id = s.organization_id
  order by s.id;
end;
--> statement-breakpoint
-- All versions of what is given to a project, sealed, each with the key that opens it once the master key opened that.
create function secret_values_given(in_project text) returns table (
  secret_id text, organization_id text, number integer, sealed text, data_key text)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select v.secret_id, v.organization_id, v.number, v.sealed, o.data_key
  from public.secrets_given(in_project) g
    join public.secret_versions v on v.secret_id = g.id
    join public.organizations o on o.id = v.organization_id;
end;
--> statement-breakpoint
-- One version of a secret of the transaction's organization, sealed.
create function secret_value(in_secret text, in_number integer) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select v.sealed from public.secret_versions v
  where v.secret_id = in_secret and v.number = in_number
    and v.organization_id = nullif(current_setting('app.organization', true), '');
end;
--> statement-breakpoint
-- What other organizations share with the transaction's: no value, and nothing of what else they have.
create function secrets_borrowed() returns table (
  id text, name text, environment text, type text, expires_at timestamptz, organization text, organization_name text)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select s.id, s.name, s.environment, s.type, s.expires_at, o.slug, o.name
  from public.secret_shares h join public.secrets s on s.id = h.secret_id
    join public.organizations o on o.id = s.organization_id
  where h.to_organization_id = nullif(current_setting('app.organization', true), '')
    and s.organization_id <> h.to_organization_id
  order by o.slug, s.name, s.id;
end;
--> statement-breakpoint
-- Organizations whose data key is not wrapped by this master key: their ids and nothing else.
create function organizations_not_wrapped_by(key_id text) returns setof text
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select o.id from public.organizations o where split_part(o.data_key, '.', 2) <> key_id order by o.id;
end;
--> statement-breakpoint
revoke all on function secrets_given, secret_values_given, secret_value, secrets_borrowed, organizations_not_wrapped_by from public;
--> statement-breakpoint
grant execute on function secrets_given, secret_values_given, secret_value, secrets_borrowed, organizations_not_wrapped_by to vibecaas_app;
--> statement-breakpoint
set local role vibecaas_owner;
--> statement-breakpoint
revoke create on schema public from vibecaas_functions;
--> statement-breakpoint
-- As before, but for secrets: what their loop looks after is a row.
create or replace function erase_organization() returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  organization text := nullif(current_setting('app.organization', true), '');
  pending regclass[];
  blocked regclass[];
  tenant_table regclass;
begin
  if organization is null then
    raise exception 'no organization is set';
  end if;
  if exists (select from public.objects o
    where o.organization_id = organization and o.loop is not null and o.noun not in ('organization', 'secret')) then
    raise exception 'organization % still has objects that a loop looks after', organization;
  end if;
  select coalesce(array_agg(c.oid::regclass), '{}') into pending
  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id'
  where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and not a.attisdropped
    and has_table_privilege(c.oid, 'delete');
  while cardinality(pending) > 0 loop
    blocked := '{}';
    foreach tenant_table in array pending loop
      begin
        execute format('delete from %s where organization_id = $1', tenant_table) using organization;
      exception when foreign_key_violation then
        blocked := blocked || tenant_table;
      end;
    end loop;
    if cardinality(blocked) = cardinality(pending) then
      raise exception 'organization % cannot be erased: %', organization, blocked;
    end if;
    pending := blocked;
  end loop;
  delete from public.organizations where id = organization;
end $$;
