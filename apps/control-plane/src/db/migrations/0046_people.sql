CREATE TABLE "mails" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"to_address" text NOT NULL,
	"subject" text NOT NULL,
	"sealed_text" text,
	"state" text DEFAULT 'waiting' NOT NULL,
	"failure" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"due" boolean GENERATED ALWAYS AS (state = 'waiting') STORED NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"email" text,
	"role" text,
	"project_id" text,
	"level" text,
	"token_hash" "bytea" NOT NULL,
	"invited_by_id" text NOT NULL,
	"invited_by_name" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "invitations_token" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "project_people" (
	"organization_id" text NOT NULL,
	"project_id" text NOT NULL,
	"user_id" text NOT NULL,
	"level" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "project_people_project_id_user_id_pk" PRIMARY KEY("project_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "access_requests" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"project_id" text NOT NULL,
	"user_id" text NOT NULL,
	"note" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "access_requests_person" UNIQUE("project_id","user_id")
);
--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "audience" text DEFAULT 'organization' NOT NULL;
--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_organization_id_project_id_projects_organization_id_id_fk" FOREIGN KEY ("organization_id","project_id") REFERENCES "public"."projects"("organization_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "project_people" ADD CONSTRAINT "project_people_organization_id_project_id_projects_organization_id_id_fk" FOREIGN KEY ("organization_id","project_id") REFERENCES "public"."projects"("organization_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "access_requests" ADD CONSTRAINT "access_requests_organization_id_project_id_projects_organization_id_id_fk" FOREIGN KEY ("organization_id","project_id") REFERENCES "public"."projects"("organization_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "invitations_newest" ON "invitations" USING btree ("organization_id","created_at" DESC NULLS LAST);
--> statement-breakpoint
CREATE INDEX "project_people_user" ON "project_people" USING btree ("user_id");
--> statement-breakpoint
-- Who was told a secret: it ends when they leave.
alter table api_key_secrets no force row level security;
alter table api_keys no force row level security;
--> statement-breakpoint
ALTER TABLE "api_key_secrets" ADD COLUMN "told_to_id" text;
--> statement-breakpoint
update api_key_secrets s set told_to_id = k.created_by_id from api_keys k where k.id = s.key_id;
--> statement-breakpoint
ALTER TABLE "api_key_secrets" ALTER COLUMN "told_to_id" SET NOT NULL;
--> statement-breakpoint
alter table api_key_secrets force row level security;
alter table api_keys force row level security;
--> statement-breakpoint
select guard_tenant_table('mails'), guard_tenant_table('invitations'), guard_tenant_table('project_people'),
  guard_tenant_table('access_requests');
--> statement-breakpoint
select register_kind('mails', 'mail', 'mails'), register_kind('invitations', 'invitation');
--> statement-breakpoint
grant select, insert, update, delete on mails, invitations, project_people, access_requests to vibecaas_app;
--> statement-breakpoint
grant select, delete on mails to vibecaas_functions;
--> statement-breakpoint
grant select on invitations, project_people to vibecaas_functions;
--> statement-breakpoint
grant select (organization_id, id, name, audience) on projects to vibecaas_functions;
--> statement-breakpoint
create policy named_functions on mails to vibecaas_functions using (true);
--> statement-breakpoint
create policy named_functions on invitations for select to vibecaas_functions using (true);
--> statement-breakpoint
create policy named_functions on project_people for select to vibecaas_functions using (true);
--> statement-breakpoint
grant usage, create on schema public to vibecaas_functions;
--> statement-breakpoint
set local role vibecaas_functions;
--> statement-breakpoint
-- Mails of all organizations, newest first; for those who run the installation.
create function outbox_mails() returns table (
  id text, to_address text, subject text, sealed_text text, state text, failure text, created_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select m.id, m.to_address, m.subject, m.sealed_text, m.state, m.failure, m.created_at
  from public.mails m order by m.created_at desc, m.id desc limit 200;
end;
--> statement-breakpoint
create function prune_mails(before timestamptz) returns bigint
language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  with removed as (
    delete from public.mails m where m.created_at < before and m.state <> 'waiting' returning 1
  )
  select count(*) from removed;
end;
--> statement-breakpoint
-- Members of the transaction's organization, by name and address.
create function members_here() returns table (
  user_id text, name text, email text, role text, created_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select m.user_id, u."name", u."email", m.role, m.created_at
  from public.memberships m join auth."user" u on u."id" = m.user_id
  where m.organization_id = nullif(current_setting('app.organization', true), '');
end;
--> statement-breakpoint
-- People with whom projects of the transaction's organization are shared, by name and address.
create function project_people_here(project text) returns table (
  user_id text, name text, email text, level text, guest boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select p.user_id, u."name", u."email", p.level, not exists (
    select from public.memberships m
    where m.organization_id = p.organization_id and m.user_id = p.user_id)
  from public.project_people p join auth."user" u on u."id" = p.user_id
  where p.project_id = project
    and p.organization_id = nullif(current_setting('app.organization', true), '')
  order by p.created_at, p.user_id;
end;
--> statement-breakpoint
-- What the token of an invitation is for. An unknown one has no row.
create function invitation_of(hash bytea) returns table (
  id text, organization_id text, organization_name text, slug text, email text, role text,
  project_id text, project_name text, level text, invited_by_name text, expires_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select i.id, i.organization_id, o.name, o.slug, i.email, i.role, i.project_id, p.name, i.level,
    i.invited_by_name, i.expires_at
  from public.invitations i
  join public.organizations o on o.id = i.organization_id
  left join public.projects p on p.id = i.project_id
  where i.token_hash = hash and o.wanted = 'present';
end;
--> statement-breakpoint
-- What a person may do in projects beside their role.
create function grants_of(person text) returns table (organization_id text, project_id text, level text)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select p.organization_id, p.project_id, p.level from public.project_people p
  where p.user_id = person order by p.created_at, p.project_id;
end;
--> statement-breakpoint
-- Projects of an organization that somebody with a role there does not see, unless they are named.
create function hidden_projects(organization text, member_role text) returns text[]
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select case when member_role in ('owner', 'admin') then '{}'::text[] else coalesce((
    select array_agg(p.id order by p.id) from public.projects p
    where p.organization_id = organization and p.audience = 'listed'), '{}'::text[]) end;
end;
--> statement-breakpoint
-- As what a person may look at a project now, by which of their sign-ins; null when they may not.
create function viewer_of_project(person text, session text, organization text, project text) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select case
    when not public.session_lives(session, person) then null
    when exists (select from public.project_people p
      where p.user_id = person and p.project_id = project and p.organization_id = organization) then 'viewer'
    else (select m.role from public.memberships m
      where m.user_id = person and m.organization_id = organization
        and not project = any (public.hidden_projects(organization, m.role)))
  end;
end;
--> statement-breakpoint
drop function organizations_of(text);
--> statement-breakpoint
-- The organizations of a person as that person may see them; of those whose guest they are, no more than
-- the name. One that nobody named is called by whose it is, for everybody else.
create function organizations_of(member text) returns table (
  id text, name text, slug text, personal boolean, role text, plan text, members integer, wanted text,
  version integer, created_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select o.id,
    case when o.personal_of <> member and o.name = 'Personal'
      then 'Personal of ' || coalesce((select u."name" from auth."user" u where u."id" = o.personal_of), '?')
      else o.name end,
    o.slug, o.personal_of is not distinct from member, m.role, p.plan,
    (select count(*)::integer from public.memberships c where c.organization_id = o.id),
    o.wanted, o.version, o.created_at
  from (
    select c.organization_id, c.role, c.created_at from public.memberships c where c.user_id = member
    union all
    select g.organization_id, 'guest', min(g.created_at) from public.project_people g
    where g.user_id = member and not exists (
      select from public.memberships c
      where c.user_id = member and c.organization_id = g.organization_id)
    group by g.organization_id
  ) m
  join public.organizations o on o.id = m.organization_id
  join public.organization_plans p on p.organization_id = o.id
  order by m.role = 'guest', m.created_at, o.id;
end;
--> statement-breakpoint
drop function session_principal(text);
--> statement-breakpoint
-- The person behind a session's token, with what they may reach. An unknown token has no row.
create function session_principal(session_token text) returns table (
  session_id text, user_id text, name text, email text, expires_at timestamptz,
  platform_admin boolean, personal_organization_id text, memberships jsonb, grants jsonb)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select s."id", u."id", u."name", u."email", s."expiresAt",
    exists (select from public.platform_admins a where a.user_id = u."id"),
    (select o.id from public.organizations o where o.personal_of = u."id"),
    coalesce((
      select jsonb_agg(jsonb_build_object('organizationId', m.organization_id, 'role', m.role,
          'hidden', public.hidden_projects(m.organization_id, m.role))
        order by m.created_at, m.organization_id)
      from public.memberships m where m.user_id = u."id"
    ), '[]'::jsonb),
    coalesce((
      select jsonb_agg(jsonb_build_object('organizationId', g.organization_id,
          'projectId', g.project_id, 'level', g.level) order by g.created_at, g.project_id)
      from public.project_people g where g.user_id = u."id"
    ), '[]'::jsonb)
  from auth."session" s join auth."user" u on u."id" = s."userId"
  where s."token" = session_token;
end;
--> statement-breakpoint
drop function api_key_principal(bytea);
--> statement-breakpoint
-- What a secret opens, and until when: the end of the secret or of its key. An unknown one has no row.
-- A key sees what its maker's role sees by itself, and the projects that it names.
create function api_key_principal(secret_hash bytea) returns table (
  secret_id text, key_id text, organization_id text, name text, role text, permissions text[],
  project_ids text[], hidden text[], ends_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select s.id, k.id, k.organization_id, k.name, k.role, k.permissions, k.project_ids,
    case when k.project_ids is null then public.hidden_projects(k.organization_id, k.role)
      else '{}'::text[] end,
    least(s.ends_at, k.expires_at)
  from public.api_key_secrets s join public.api_keys k on k.id = s.key_id
  where s.hash = secret_hash;
end;
--> statement-breakpoint
revoke all on function outbox_mails, prune_mails, members_here, project_people_here, invitation_of,
  grants_of, hidden_projects, viewer_of_project, organizations_of, session_principal, api_key_principal
  from public;
--> statement-breakpoint
grant execute on function outbox_mails, prune_mails, members_here, project_people_here, invitation_of,
  grants_of, viewer_of_project, organizations_of, session_principal, api_key_principal to vibecaas_app;
--> statement-breakpoint
set local role vibecaas_owner;
--> statement-breakpoint
revoke create on schema public from vibecaas_functions;
--> statement-breakpoint
create trigger tell_change after insert or update or delete on project_people
  for each row execute function tell_rights_change();
--> statement-breakpoint
-- Who sees a project may concern everybody.
create function tell_audience_change() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform pg_notify('sessions', 'all');
  return null;
end $$;
--> statement-breakpoint
create trigger tell_audience after update of audience on projects
  for each row when (old.audience is distinct from new.audience) execute function tell_audience_change();
--> statement-breakpoint
-- Whoever belongs to an organization no more keeps nothing that opens it, however that came about.
create function end_of_membership() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  delete from public.api_key_secrets s
    where s.organization_id = old.organization_id and s.told_to_id = old.user_id;
  delete from public.project_people p
    where p.organization_id = old.organization_id and p.user_id = old.user_id;
  delete from public.access_requests r
    where r.organization_id = old.organization_id and r.user_id = old.user_id;
  delete from public.preview_codes c
    where c.organization_id = old.organization_id and c.user_id = old.user_id;
  return null;
end $$;
--> statement-breakpoint
create trigger end_of_membership after delete on memberships
  for each row execute function end_of_membership();
--> statement-breakpoint
-- What waits to be sent does not keep an organization; what lies outside of rows does, by its hold.
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
  if exists (select from public.holds h where h.organization_id = organization) then
    raise exception 'organization % still has objects that are held', organization;
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
