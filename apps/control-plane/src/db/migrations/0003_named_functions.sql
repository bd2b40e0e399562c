-- What the server may know beyond one organization. Each function says in its name and its result
-- all that it tells; only these may be called with no organization set. Their owner can read just
-- the columns below, and nobody can sign in as it.
grant usage, create on schema public to vibecaas_functions;
--> statement-breakpoint
grant select (id, name, slug, personal_of, version, created_at) on organizations to vibecaas_functions;
--> statement-breakpoint
grant select on memberships, platform_admins to vibecaas_functions;
--> statement-breakpoint
grant insert on platform_admins to vibecaas_functions;
--> statement-breakpoint
grant select (organization_id, plan) on organization_plans to vibecaas_functions;
--> statement-breakpoint
grant select (organization_id, id, wanted, state) on projects, microvms to vibecaas_functions;
--> statement-breakpoint
grant select (organization_id, id, state) on runs, run_tasks to vibecaas_functions;
--> statement-breakpoint
grant select (organization_id, slug, project_id) on project_slugs to vibecaas_functions;
--> statement-breakpoint
grant select (sequence, transaction, created_at), delete on live_events to vibecaas_functions;
--> statement-breakpoint
grant select, update on live_horizon to vibecaas_functions;
--> statement-breakpoint
grant select (created_at), delete on idempotency_keys to vibecaas_functions;
--> statement-breakpoint
grant select (expires_at), delete on preview_codes to vibecaas_functions;
--> statement-breakpoint
create policy named_functions on organizations for select to vibecaas_functions using (true);
--> statement-breakpoint
create policy named_functions on memberships for select to vibecaas_functions using (true);
--> statement-breakpoint
create policy named_functions on organization_plans for select to vibecaas_functions using (true);
--> statement-breakpoint
create policy named_functions on projects for select to vibecaas_functions using (true);
--> statement-breakpoint
create policy named_functions on microvms for select to vibecaas_functions using (true);
--> statement-breakpoint
create policy named_functions on runs for select to vibecaas_functions using (true);
--> statement-breakpoint
create policy named_functions on run_tasks for select to vibecaas_functions using (true);
--> statement-breakpoint
create policy named_functions on project_slugs for select to vibecaas_functions using (true);
--> statement-breakpoint
create policy named_functions on live_events to vibecaas_functions using (true);
--> statement-breakpoint
create policy named_functions on idempotency_keys to vibecaas_functions using (true);
--> statement-breakpoint
create policy named_functions on preview_codes to vibecaas_functions using (true);
--> statement-breakpoint
set local role vibecaas_functions;
--> statement-breakpoint
-- Bodies in `begin atomic` are bound to their tables now: no search_path can redirect them.

-- The organization that owns an object, or null.
create function owner_of(object_kind text, object_id text) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select case object_kind
    when 'organization' then (select o.id from public.organizations o where o.id = object_id)
    when 'project' then (select p.organization_id from public.projects p where p.id = object_id)
    when 'run' then (select r.organization_id from public.runs r where r.id = object_id)
  end;
end;
--> statement-breakpoint
create function memberships_of(member text) returns table (organization_id text, role text)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select m.organization_id, m.role from public.memberships m
  where m.user_id = member order by m.created_at, m.organization_id;
end;
--> statement-breakpoint
-- The organizations of a person as that person may see them.
create function organizations_of(member text) returns table (
  id text, name text, slug text, personal boolean, role text, plan text, version integer,
  created_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select o.id, o.name, o.slug, o.personal_of is not distinct from member, m.role, p.plan, o.version,
    o.created_at
  from public.memberships m
  join public.organizations o on o.id = m.organization_id
  join public.organization_plans p on p.organization_id = o.id
  where m.user_id = member order by m.created_at, o.id;
end;
--> statement-breakpoint
create function personal_organization_of(person text) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select o.id from public.organizations o where o.personal_of = person;
end;
--> statement-breakpoint
create function project_by_slug(wanted_slug text) returns table (organization_id text, id text)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select s.organization_id, s.project_id from public.project_slugs s where s.slug = wanted_slug;
end;
--> statement-breakpoint
-- Makes a person an administrator of this installation; with `only_first`, only while there is
-- none. Answers whether the person is one now.
create function claim_platform_admin(person text, only_first boolean) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtext('platform_admins'));
  if not only_first or not exists (select from public.platform_admins) then
    insert into public.platform_admins (user_id) values (person) on conflict do nothing;
  end if;
  return exists (select from public.platform_admins a where a.user_id = person);
end $$;
--> statement-breakpoint
-- What the loops must look at: rows that are not yet as wanted, or whose work is under way.
create function due_projects() returns table (organization_id text, id text)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select p.organization_id, p.id from public.projects p
  where p.wanted = 'gone' or p.state in ('working', 'starting', 'deleting');
end;
--> statement-breakpoint
-- A machine that should run is looked at even when all seems well: it may have died unseen.
create function due_microvms() returns table (organization_id text, id text)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select m.organization_id, m.id from public.microvms m
  where not (m.wanted = 'stopped' and m.state = 'stopped');
end;
--> statement-breakpoint
create function due_runs() returns table (organization_id text, id text)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select r.organization_id, r.id from public.runs r
  where r.state in ('queued', 'planning', 'running');
end;
--> statement-breakpoint
create function due_tasks() returns table (organization_id text, id text)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select t.organization_id, t.id from public.run_tasks t
  where t.state in ('waiting', 'running', 'checking', 'fixing');
end;
--> statement-breakpoint
-- Retention. Each answers how many rows it removed. Events that readers cannot reach yet are kept,
-- so that the horizon stays below where they stand.
create function prune_live_events(before timestamptz) returns bigint
language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  with removed as (
    delete from public.live_events e
    where e.created_at < before and e.transaction < pg_snapshot_xmin(pg_current_snapshot())
    returning e.transaction
  ), moved as (
    update public.live_horizon h
    set transaction = greatest(h.transaction, (m.newest::text::numeric + 1)::text::xid8)
    from (select max(r.transaction) as newest from removed r) m
    where m.newest is not null
  )
  select count(*) from removed;
end;
--> statement-breakpoint
create function prune_idempotency_keys(before timestamptz) returns bigint
language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  with removed as (
    delete from public.idempotency_keys k where k.created_at < before returning 1
  )
  select count(*) from removed;
end;
--> statement-breakpoint
create function prune_preview_codes(before timestamptz) returns bigint
language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  with removed as (delete from public.preview_codes c where c.expires_at < before returning 1)
  select count(*) from removed;
end;
--> statement-breakpoint
revoke all on function owner_of, memberships_of, organizations_of, personal_organization_of,
  project_by_slug, claim_platform_admin, due_projects, due_microvms, due_runs, due_tasks,
  prune_live_events, prune_idempotency_keys, prune_preview_codes from public;
--> statement-breakpoint
grant execute on function owner_of, memberships_of, organizations_of, personal_organization_of,
  project_by_slug, claim_platform_admin, due_projects, due_microvms, due_runs, due_tasks,
  prune_live_events, prune_idempotency_keys, prune_preview_codes to vibecaas_app;
--> statement-breakpoint
set local role vibecaas_owner;
--> statement-breakpoint
revoke create on schema public from vibecaas_functions;
