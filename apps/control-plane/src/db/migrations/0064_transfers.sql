-- Gives a project with all that belongs to it to another organization, in one transaction. Rows change hands by
-- one statement, so that foreign keys are looked at when all of them have.

-- As before, and what is handed over may be written: by functions of the owner alone, in a transaction that says to whom.
create or replace function guard_tenant_table(guarded regclass, tenant text default 'organization_id')
returns void language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  execute format('alter table %s enable row level security', guarded);
  execute format('alter table %s force row level security', guarded);
  execute format(
    'create policy tenant on %s using (%I = nullif(current_setting(''app.organization'', true), ''''))',
    guarded, tenant);
  if tenant = 'organization_id' then
    execute format(
      'create policy handed_over on %s for update to vibecaas_owner
        using (organization_id = nullif(current_setting(''app.organization'', true), ''''))
        with check (organization_id = nullif(current_setting(''app.handed_to'', true), ''''))',
      guarded);
    -- A changed row has to be one that can be seen, too.
    execute format(
      'create policy handed_over_seen on %s for select to vibecaas_owner
        using (organization_id = nullif(current_setting(''app.handed_to'', true), ''''))',
      guarded);
  end if;
end $$;
--> statement-breakpoint
do $$
declare
  guarded regclass;
begin
  for guarded in
    select c.oid::regclass from pg_policy p join pg_class c on c.oid = p.polrelid
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id'
    where p.polname = 'tenant' and c.relnamespace = 'public'::regnamespace and not a.attisdropped
  loop
    execute format(
      'create policy handed_over on %s for update to vibecaas_owner
        using (organization_id = nullif(current_setting(''app.organization'', true), ''''))
        with check (organization_id = nullif(current_setting(''app.handed_to'', true), ''''))',
      guarded);
    -- A changed row has to be one that can be seen, too.
    execute format(
      'create policy handed_over_seen on %s for select to vibecaas_owner
        using (organization_id = nullif(current_setting(''app.handed_to'', true), ''''))',
      guarded);
  end loop;
end $$;
--> statement-breakpoint
create policy handed_over_new on attachment_contents for insert to vibecaas_owner
  with check (organization_id = nullif(current_setting('app.handed_to', true), ''));
--> statement-breakpoint
-- Every table that hangs on projects by its foreign keys, with what its rows of one project have in common. A
-- table that comes is among them without being named.
create function tables_of_project(project text) returns table (tab text, condition text)
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  known jsonb := jsonb_build_object('public.projects', format('id = %L', project));
  link record;
  reached integer := 0;
begin
  while (select count(*) from jsonb_object_keys(known)) > reached loop
    reached := (select count(*) from jsonb_object_keys(known));
    for link in
      select format('public.%I', child.relname) as child, format('public.%I', parent.relname) as parent,
        a.attname as by_column
      from pg_constraint k
      join pg_class child on child.oid = k.conrelid
      join pg_class parent on parent.oid = k.confrelid
      join pg_attribute o on o.attrelid = k.conrelid and o.attnum = k.conkey[1]
      join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[2]
      join pg_attribute r on r.attrelid = k.confrelid and r.attnum = k.confkey[2]
      where k.contype = 'f' and cardinality(k.conkey) = 2 and o.attname = 'organization_id' and r.attname = 'id'
        and child.relnamespace = 'public'::regnamespace
      -- The nearest first, and one that no row is without.
      order by parent.relname <> 'projects', not a.attnotnull, child.relname, a.attname
    loop
      if known ? link.parent and not known ? link.child then
        known := known || jsonb_build_object(link.child, case link.parent
          when 'public.projects' then format('%I = %L', link.by_column, project)
          else format('%I in (select id from %s where %s)', link.by_column, link.parent, known->>link.parent) end);
      end if;
    end loop;
  end loop;
  return query select k.key, k.value from jsonb_each_text(known) k order by k.key;
end $$;
--> statement-breakpoint
-- What a project has of the limits of the transaction's organization.
create function reservations_of_project(project text) returns table (resource text, subject text, amount bigint)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query execute format(
    'select q.resource, q.subject, q.amount from public.quota_reservations q where q.subject in (%s)
      order by q.resource, q.subject',
    (select string_agg(format('select id from %s where %s', p.tab, p.condition), ' union all ')
      from public.tables_of_project(project) p
      where exists (select from pg_attribute a
        where a.attrelid = p.tab::regclass and a.attname = 'id' and not a.attisdropped)));
end $$;
--> statement-breakpoint
-- Hands a project of the transaction's organization to another one: every row that hangs on it, its place in the
-- registry, its holds, signals and hosts. Answers what it had reserved, which the other one is to reserve.
create function move_project(project text, target text) returns table (resource text, subject text, amount bigint)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  source text := nullif(current_setting('app.organization', true), '');
  things text;
  changes text;
  slug text;
begin
  select p.slug into slug from public.projects p where p.id = project and p.organization_id = source;
  if slug is null then
    raise exception 'no project % in %', project, source;
  end if;
  perform set_config('app.handed_to', target, true);
  select string_agg(format('select id::text as id from %s where %s', p.tab, p.condition), ' union all ') into things
  from public.tables_of_project(project) p
  where exists (select from pg_attribute a
    where a.attrelid = p.tab::regclass and a.attname = 'id' and not a.attisdropped);
  -- Bytes that an organization keeps once stay where they are, and are kept there, too.
  execute format(
    'insert into public.attachment_contents (organization_id, sha256, content)
      select %L, c.sha256, c.content from public.attachment_contents c
      where c.sha256 in (select sha256 from public.attachments where %s) on conflict do nothing',
    target, (select p.condition from public.tables_of_project(project) p where p.tab = 'public.attachments'));
  select string_agg(
    format('m%s as (update %s set organization_id = %L where organization_id = %L and %s returning 1)',
      p.number, p.tab, target, source, p.condition), ', ') into changes
  from (select t.*, row_number() over () as number from public.tables_of_project(project) t) p;
  return query execute format(
    'with things as materialized (%1$s), %2$s,
      moved_objects as (update public.objects set organization_id = %3$L
        where id in (select id from things) returning 1),
      moved_holds as (update public.holds
        set organization_id = %3$L, parent_id = case when parent_id = %4$L then %3$L else parent_id end
        where parent_id in (select id from things) or (parent_id = %4$L and holder_id = %5$L) returning 1),
      moved_signals as (update public.signals set organization_id = %3$L
        where parent_id in (select id from things) returning 1),
      moved_hosts as (update public.hosts set organization_id = %3$L
        where target_id in (select id from things) returning 1),
      freed as (delete from public.quota_reservations q
        where q.subject in (select id from things) returning q.resource, q.subject, q.amount)
      select f.resource, f.subject, f.amount from freed f',
    things, changes, target, source, project);
  perform set_config('app.handed_to', '', true);
  -- Who remembers where things are, who may see them and what answers at a host, asks again.
  perform pg_notify('sessions', 'all'), pg_notify('previews', slug);
end $$;
--> statement-breakpoint
revoke all on function tables_of_project, reservations_of_project, move_project from public;
--> statement-breakpoint
grant execute on function reservations_of_project, move_project to vibecaas_app;
--> statement-breakpoint
grant delete on secret_shares to vibecaas_functions;
--> statement-breakpoint
create policy handing_over on secret_shares for delete to vibecaas_functions using (true);
--> statement-breakpoint
grant usage, create on schema public to vibecaas_functions;
--> statement-breakpoint
set local role vibecaas_functions;
--> statement-breakpoint
-- Ends what is shared with a project of the transaction's organization, also by others.
create function end_shares_with(project text) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  delete from public.secret_shares s
  where s.to_project_id = project and s.to_organization_id = nullif(current_setting('app.organization', true), '');
end;
--> statement-breakpoint
revoke all on function end_shares_with from public;
--> statement-breakpoint
grant execute on function end_shares_with to vibecaas_app;
--> statement-breakpoint
set local role vibecaas_owner;
--> statement-breakpoint
revoke create on schema public from vibecaas_functions;
