-- What of an erased person lies where the server's role does not reach, or in no organization of theirs.
grant select (data), select (organization_id) on live_events to vibecaas_functions;
--> statement-breakpoint
grant delete on invitations to vibecaas_functions;
--> statement-breakpoint
grant select (subject), update (subject) on mails to vibecaas_functions;
--> statement-breakpoint
grant delete on platform_admins to vibecaas_functions;
--> statement-breakpoint
grant update (by_name) on disabled_people to vibecaas_functions;
--> statement-breakpoint
grant usage, create on schema public to vibecaas_functions;
--> statement-breakpoint
set local role vibecaas_functions;
--> statement-breakpoint
-- Organizations in which something may be kept of a person: theirs, and wherever they did something.
create function organizations_knowing(person text) returns table (organization_id text)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select m.organization_id from public.memberships m where m.user_id = person
  union select g.organization_id from public.project_people g where g.user_id = person
  union select a.organization_id from public.audit_records a
    where a.actor_id = person or a.subject = person;
end;
--> statement-breakpoint
-- Every name by which records know a person.
create function names_of(person text) returns table (name text)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select distinct a.actor_name from public.audit_records a
  where a.actor_id = person and a.actor_kind = 'user' and a.erased_at is null;
end;
--> statement-breakpoint
create function is_only_platform_admin(person text) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select exists (select from public.platform_admins a where a.user_id = person)
    and not exists (select from public.platform_admins a where a.user_id <> person);
end;
--> statement-breakpoint
drop function erase_from_audit(text);
--> statement-breakpoint
-- Takes what is known of a person out of all records: theirs, those about them, and the details of others
-- that say their address or just their name. Their id, what was done and when stay, and so does the chain.
create function erase_from_audit(person text, address text, names text[]) returns bigint
language sql security definer set search_path = pg_catalog, pg_temp
begin atomic
  with erased as (
    update public.audit_records
    set actor_name = case when actor_id = person then 'Erased person' else actor_name end,
      ip = case when actor_id = person or subject = person then null else ip end,
      details = '{}'::jsonb, salt = null, erased_at = now()
    where erased_at is null and (
      actor_id = person or subject = person
      or (address <> '' and strpos(lower(details::text), address) > 0)
      or exists (select from unnest(names) n where strpos(details::text, to_json(n)::text) > 0))
    returning 1
  )
  select count(*) from erased;
end;
--> statement-breakpoint
-- The rest of what lies beyond organizations of a person: mails and invitations to their address, what is
-- kept for a day, and their right to administer.
create function erase_person_beyond(person text, address text, names text[]) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  known text;
begin
  delete from public.platform_admins a where a.user_id = person;
  delete from public.people_seen s where s.user_id = person;
  delete from public.impersonations i where person in (i.user_id, i.admin_id);
  update public.disabled_people d set by_name = 'Erased person' where d.by_name = any (names);
  delete from public.mails m where lower(m.to_address) = address;
  delete from public.invitations i where lower(i.email) = address;
  delete from public.rate_counters c where strpos(lower(c.key), address) > 0 or strpos(c.key, person) > 0;
  delete from public.live_events e where strpos(lower(e.data::text), address) > 0;
  foreach known in array names loop
    update public.mails m set subject = replace(m.subject, known, 'Erased person')
      where strpos(m.subject, known) > 0;
    delete from public.live_events e where strpos(e.data::text, to_json(known)::text) > 0;
  end loop;
end $$;
--> statement-breakpoint
revoke all on function organizations_knowing, names_of, is_only_platform_admin, erase_from_audit,
  erase_person_beyond from public;
--> statement-breakpoint
grant execute on function organizations_knowing, names_of, is_only_platform_admin, erase_from_audit,
  erase_person_beyond to vibecaas_app;
--> statement-breakpoint
set local role vibecaas_owner;
--> statement-breakpoint
revoke create on schema public from vibecaas_functions;
--> statement-breakpoint
grant execute on function members_here to vibecaas_owner;
--> statement-breakpoint
-- Takes a person's names out of the rows of the transaction's organization, also of those that the server only
-- adds to: row-level security holds for the owner of tables, too.
-- Where a row says by whom only in words, a member who has the same name keeps it.
create function erase_person_here(person text, names text[]) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  organization text := nullif(current_setting('app.organization', true), '');
  others text[] := (select coalesce(array_agg(m.name), '{}') from public.members_here() m where m.user_id <> person);
  own text[] := (select coalesce(array_agg(n), '{}') from unnest(names) n where n <> all (others));
  place record;
begin
  update public.organizations o set disabled_by_name = 'Erased person' where o.disabled_by_name = any (names);
  delete from public.project_people p where p.user_id = person;
  delete from public.access_requests r where r.user_id = person;
  delete from public.idempotency_keys k where k.organization_id = organization
    and (strpos(k.actor_id, person) > 0
      or exists (select from unnest(names) n where strpos(to_json(k)::text, to_json(n)::text) > 0));
  update public.runs r set redirect = replace(r.redirect::text, to_json(n)::text, '"Erased person"')::jsonb
    from unnest(names) n where strpos(r.redirect::text, to_json(n)::text) > 0;
  for place in
    select c.oid::regclass as tab, a.attname as named, i.attname as ident
    from pg_class c
    join pg_attribute o on o.attrelid = c.oid and o.attname = 'organization_id'
    join pg_attribute a on a.attrelid = c.oid and not a.attisdropped
      and (a.attname like '%by\_name' or a.attname = 'created_by')
    left join pg_attribute i on i.attrelid = c.oid and not i.attisdropped
      and a.attname like '%\_name' and i.attname = regexp_replace(a.attname, '_name$', '_id')
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
  loop
    if place.ident is null then
      execute format('update %s set %I = $1 where organization_id = $2 and %I = any ($3)',
        place.tab, place.named, place.named) using 'Erased person', organization, own;
    else
      execute format('update %s set %I = $1 where organization_id = $2 and %I = $3',
        place.tab, place.named, place.ident) using 'Erased person', organization, person;
    end if;
  end loop;
end $$;
--> statement-breakpoint
revoke all on function erase_person_here from public;
--> statement-breakpoint
grant execute on function erase_person_here to vibecaas_app;
