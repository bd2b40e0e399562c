CREATE TABLE "disabled_people" (
	"user_id" text PRIMARY KEY NOT NULL,
	"reason" text NOT NULL,
	"by_name" text NOT NULL,
	"disabled_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "people_seen" (
	"user_id" text PRIMARY KEY NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "impersonations" (
	"session_id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"admin_id" text NOT NULL,
	"admin_name" text NOT NULL,
	"admin_session_id" text NOT NULL,
	"reason" text NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "organization_limits" (
	"organization_id" text NOT NULL,
	"resource" text NOT NULL,
	"amount" bigint NOT NULL,
	CONSTRAINT "organization_limits_organization_id_resource_pk" PRIMARY KEY("organization_id","resource")
);
--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "disabled_at" timestamp (3) with time zone;
--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "disabled_reason" text;
--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "disabled_by_name" text;
--> statement-breakpoint
ALTER TABLE "organization_limits" ADD CONSTRAINT "organization_limits_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "impersonations_user" ON "impersonations" USING btree ("user_id");
--> statement-breakpoint
select guard_tenant_table('organization_limits');
--> statement-breakpoint
grant select, insert, update, delete on organization_limits to vibecaas_app;
--> statement-breakpoint
grant select, insert, delete on disabled_people, impersonations to vibecaas_functions;
--> statement-breakpoint
grant select, insert, update, delete on people_seen to vibecaas_functions;
--> statement-breakpoint
grant select (disabled_at, disabled_reason, disabled_by_name) on organizations to vibecaas_functions;
--> statement-breakpoint
grant select (told_to_id) on api_key_secrets to vibecaas_functions;
--> statement-breakpoint
grant select ("createdAt") on auth."user" to vibecaas_functions;
--> statement-breakpoint
grant usage, create on schema public to vibecaas_functions;
--> statement-breakpoint
set local role vibecaas_functions;
--> statement-breakpoint
create function is_disabled(person text) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select exists (select from public.disabled_people d where d.user_id = person);
end;
--> statement-breakpoint
create function is_platform_admin(person text) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select exists (select from public.platform_admins a where a.user_id = person)
    and not public.is_disabled(person);
end;
--> statement-breakpoint
create function is_closed(organization text) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select exists (select from public.organizations o where o.id = organization and o.disabled_at is not null);
end;
--> statement-breakpoint
-- Who is shut out has no sign-in that lives, and what lives of somebody else's look ends in time.
create or replace function session_lives(session_id text, person text) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select exists (
    select from auth."session" s
    where s."id" = session_id and s."userId" = person and s."expiresAt" > now()
      and not public.is_disabled(person)
  );
end;
--> statement-breakpoint
-- As what a person may look at a project now, by which of their sign-ins; null when they may not.
create or replace function viewer_of_project(person text, session text, organization text, project text) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select case
    when not public.session_lives(session, person) or public.is_closed(organization) then null
    when exists (select from public.project_people p
      where p.user_id = person and p.project_id = project and p.organization_id = organization) then 'viewer'
    else (select m.role from public.memberships m
      where m.user_id = person and m.organization_id = organization
        and not project = any (public.hidden_projects(organization, m.role)))
  end;
end;
--> statement-breakpoint
drop function session_principal(text);
--> statement-breakpoint
-- The person behind a session's token, with what they may reach. An unknown token has no row, nor has
-- that of somebody who is shut out, or of a look as somebody whose administrator may not look any more.
create function session_principal(session_token text) returns table (
  session_id text, user_id text, name text, email text, expires_at timestamptz,
  platform_admin boolean, personal_organization_id text, memberships jsonb, grants jsonb, impersonator jsonb)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select s."id", u."id", u."name", u."email", s."expiresAt",
    i.session_id is null and public.is_platform_admin(u."id"),
    (select o.id from public.organizations o where o.personal_of = u."id"),
    coalesce((
      select jsonb_agg(jsonb_build_object('organizationId', m.organization_id, 'role', m.role,
          'hidden', public.hidden_projects(m.organization_id, m.role),
          'closed', public.is_closed(m.organization_id))
        order by m.created_at, m.organization_id)
      from public.memberships m where m.user_id = u."id"
    ), '[]'::jsonb),
    coalesce((
      select jsonb_agg(jsonb_build_object('organizationId', g.organization_id,
          'projectId', g.project_id, 'level', g.level, 'closed', public.is_closed(g.organization_id))
        order by g.created_at, g.project_id)
      from public.project_people g where g.user_id = u."id"
    ), '[]'::jsonb),
    case when i.session_id is null then null
      else jsonb_build_object('id', i.admin_id, 'name', i.admin_name, 'sessionId', i.admin_session_id,
        'reason', i.reason) end
  from auth."session" s join auth."user" u on u."id" = s."userId"
    left join public.impersonations i on i.session_id = s."id"
  where s."token" = session_token and not public.is_disabled(u."id")
    and (i.session_id is null or (
      public.is_platform_admin(i.admin_id) and public.session_lives(i.admin_session_id, i.admin_id)
      and not exists (select from public.platform_admins a where a.user_id = u."id")));
end;
--> statement-breakpoint
drop function api_key_principal(bytea);
--> statement-breakpoint
-- What a secret opens, and until when: the end of the secret or of its key. An unknown one has no row, nor
-- has one that was told to somebody who is shut out. A key sees what its maker's role sees by itself, and
-- the projects that it names.
create function api_key_principal(secret_hash bytea) returns table (
  secret_id text, key_id text, organization_id text, name text, role text, permissions text[],
  project_ids text[], hidden text[], ends_at timestamptz, closed boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select s.id, k.id, k.organization_id, k.name, k.role, k.permissions, k.project_ids,
    case when k.project_ids is null then public.hidden_projects(k.organization_id, k.role)
      else '{}'::text[] end,
    least(s.ends_at, k.expires_at), public.is_closed(k.organization_id)
  from public.api_key_secrets s join public.api_keys k on k.id = s.key_id
  where s.hash = secret_hash and not public.is_disabled(s.told_to_id);
end;
--> statement-breakpoint
-- What answers at a host, of whichever kind; nothing of an organization that is closed.
create or replace function target_of_host(wanted text) returns table (organization_id text, kind text, id text)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select h.organization_id, h.target_kind, h.target_id from public.hosts h
  where h.host = wanted and h.state = 'serving' and not public.is_closed(h.organization_id);
end;
--> statement-breakpoint
drop function organizations_of(text);
--> statement-breakpoint
-- The organizations of a person as that person may see them; of those whose guest they are, no more than
-- the name. One that nobody named is called by whose it is, for everybody else.
create function organizations_of(member text) returns table (
  id text, name text, slug text, personal boolean, role text, plan text, members integer, wanted text,
  disabled_reason text, version integer, created_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select o.id,
    case when o.personal_of <> member and o.name = 'Personal'
      then 'Personal of ' || coalesce((select u."name" from auth."user" u where u."id" = o.personal_of), '?')
      else o.name end,
    o.slug, o.personal_of is not distinct from member, m.role, p.plan,
    (select count(*)::integer from public.memberships c where c.organization_id = o.id),
    o.wanted, case when o.disabled_at is null then null else o.disabled_reason end, o.version, o.created_at
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
-- That somebody was here; written at most every few minutes.
create function note_seen(person text, seen timestamptz) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  insert into public.people_seen (user_id, seen_at) values (person, seen)
  on conflict (user_id) do update set seen_at = excluded.seen_at
    where public.people_seen.seen_at < excluded.seen_at - interval '5 minutes';
end;
--> statement-breakpoint
-- For administrators alone: to anybody else there is nobody. Everybody with an account, newest first.
create function platform_people(admin text, pattern text, before_at timestamptz, before_id text, amount integer)
returns table (id text, name text, email text, created_at timestamptz, seen_at timestamptz, sessions integer,
  organizations integer, platform_admin boolean, disabled_at timestamptz, disabled_by text, disabled_reason text)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select u."id", u."name", u."email", u."createdAt",
    (select p.seen_at from public.people_seen p where p.user_id = u."id"),
    (select count(*)::integer from auth."session" s where s."userId" = u."id" and s."expiresAt" > now()),
    (select count(*)::integer from public.memberships m where m.user_id = u."id"),
    exists (select from public.platform_admins a where a.user_id = u."id"),
    d.disabled_at, d.by_name, d.reason
  from auth."user" u left join public.disabled_people d on d.user_id = u."id"
  where public.is_platform_admin(admin)
    and (pattern is null or u."name" ilike pattern or u."email" ilike pattern or u."id" ilike pattern)
    and (before_at is null or (date_trunc('milliseconds', u."createdAt"), u."id") < (before_at, before_id))
  order by date_trunc('milliseconds', u."createdAt") desc, u."id" desc limit amount;
end;
--> statement-breakpoint
create function platform_person(admin text, person text)
returns table (id text, name text, email text, created_at timestamptz, seen_at timestamptz, sessions integer,
  organizations integer, platform_admin boolean, disabled_at timestamptz, disabled_by text, disabled_reason text,
  member_of jsonb)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select u."id", u."name", u."email", u."createdAt",
    (select p.seen_at from public.people_seen p where p.user_id = u."id"),
    (select count(*)::integer from auth."session" s where s."userId" = u."id" and s."expiresAt" > now()),
    (select count(*)::integer from public.memberships m where m.user_id = u."id"),
    exists (select from public.platform_admins a where a.user_id = u."id"),
    d.disabled_at, d.by_name, d.reason,
    coalesce((
      select jsonb_agg(jsonb_build_object('id', o.id, 'name', o.name, 'slug', o.slug, 'role', m.role)
        order by m.created_at, o.id)
      from public.memberships m join public.organizations o on o.id = m.organization_id
      where m.user_id = u."id"), '[]'::jsonb)
  from auth."user" u left join public.disabled_people d on d.user_id = u."id"
  where u."id" = person and public.is_platform_admin(admin);
end;
--> statement-breakpoint
-- Shuts somebody out; false when that is no administrator's to do, or done already.
create function disable_person(admin text, person text, why text, admin_name text, since timestamptz) returns boolean
language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  with shut as (
    insert into public.disabled_people (user_id, reason, by_name, disabled_at)
    select u."id", why, admin_name, since from auth."user" u
    where u."id" = person and person <> admin and public.is_platform_admin(admin)
    on conflict (user_id) do nothing returning 1
  )
  select exists (select from shut);
end;
--> statement-breakpoint
create function enable_person(admin text, person text) returns boolean
language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  with freed as (
    delete from public.disabled_people d
    where d.user_id = person and public.is_platform_admin(admin) returning 1
  )
  select exists (select from freed);
end;
--> statement-breakpoint
-- All organizations, newest first; or the one that is named.
create function platform_organizations(
  admin text, only_id text, pattern text, before_at timestamptz, before_id text, amount integer)
returns table (id text, name text, slug text, personal boolean, plan text, owners text[], members integer,
  projects integer, wanted text, created_at timestamptz, disabled_at timestamptz, disabled_by text,
  disabled_reason text)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select o.id, o.name, o.slug, o.personal_of is not null, p.plan,
    coalesce((
      select array_agg(u."name" order by m.created_at, m.user_id)
      from public.memberships m join auth."user" u on u."id" = m.user_id
      where m.organization_id = o.id and m.role = 'owner'), '{}'::text[]),
    (select count(*)::integer from public.memberships m where m.organization_id = o.id),
    (select count(*)::integer from public.projects r where r.organization_id = o.id),
    o.wanted, o.created_at, o.disabled_at, o.disabled_by_name, o.disabled_reason
  from public.organizations o join public.organization_plans p on p.organization_id = o.id
  where public.is_platform_admin(admin) and (only_id is null or o.id = only_id)
    and (pattern is null or o.name ilike pattern or o.slug ilike pattern or o.id ilike pattern or exists (
      select from public.memberships m join auth."user" u on u."id" = m.user_id
      where m.organization_id = o.id and m.role = 'owner'
        and (u."name" ilike pattern or u."email" ilike pattern)))
    and (before_at is null or (o.created_at, o.id) < (before_at, before_id))
  order by o.created_at desc, o.id desc limit amount;
end;
--> statement-breakpoint
-- Makes of a sign-in a look as somebody. False when that is not to be: by no administrator, by one whose own
-- sign-in is over, as an administrator, or as somebody who is shut out.
create function begin_impersonation(
  admin text, admin_session text, own_name text, session text, person text, why text, until timestamptz)
returns boolean
language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  with begun as (
    insert into public.impersonations
      (session_id, user_id, admin_id, admin_name, admin_session_id, reason, ends_at)
    select s."id", person, admin, own_name, admin_session, why, until from auth."session" s
    where s."id" = session and s."userId" = person and person <> admin
      and public.is_platform_admin(admin) and public.session_lives(admin_session, admin)
      and not public.is_disabled(person)
      and not exists (select from public.platform_admins a where a.user_id = person)
    returning 1
  )
  select exists (select from begun);
end;
--> statement-breakpoint
-- The sign-in to go back to when a look as somebody ends; none when it is over by then.
create function impersonator_of(session text) returns table (token text, expires_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select s."token", s."expiresAt" from public.impersonations i
  join auth."session" s on s."id" = i.admin_session_id and s."userId" = i.admin_id
  where i.session_id = session and public.session_lives(s."id", i.admin_id);
end;
--> statement-breakpoint
-- Which sign-ins of a person are looks of administrators.
create function impersonations_of(person text) returns table (session_id text, admin_name text, reason text)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select i.session_id, i.admin_name, i.reason from public.impersonations i where i.user_id = person;
end;
--> statement-breakpoint
create function prune_impersonations(before timestamptz) returns bigint
language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  with removed as (
    delete from public.impersonations i where i.ends_at < before
      and not exists (select from auth."session" s where s."id" = i.session_id) returning 1
  )
  select count(*) from removed;
end;
--> statement-breakpoint
revoke all on function is_disabled, is_platform_admin, is_closed, session_principal, api_key_principal,
  organizations_of, note_seen, platform_people, platform_person, disable_person, enable_person,
  platform_organizations, begin_impersonation, impersonator_of, impersonations_of, prune_impersonations
  from public;
--> statement-breakpoint
grant execute on function is_disabled, session_principal, api_key_principal, organizations_of, note_seen,
  platform_people, platform_person, disable_person, enable_person, platform_organizations,
  begin_impersonation, impersonator_of, impersonations_of, prune_impersonations to vibecaas_app;
--> statement-breakpoint
set local role vibecaas_owner;
--> statement-breakpoint
revoke create on schema public from vibecaas_functions;
--> statement-breakpoint
-- Keys that somebody was told and what they look at go with them: that may concern everybody.
create trigger tell_audience after insert or delete on disabled_people
  for each row execute function tell_audience_change();
--> statement-breakpoint
create trigger tell_audience after update of disabled_at on organizations
  for each row when (old.disabled_at is distinct from new.disabled_at) execute function tell_audience_change();
