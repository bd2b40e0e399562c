ALTER TABLE "organizations" ADD COLUMN "wanted" text DEFAULT 'present' NOT NULL;
--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "deleted_at" timestamp (3) with time zone;
--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "due" boolean GENERATED ALWAYS AS (wanted = 'gone') STORED NOT NULL;
--> statement-breakpoint
grant delete on organizations, organization_plans to vibecaas_app;
--> statement-breakpoint
grant select (wanted) on organizations to vibecaas_functions;
--> statement-breakpoint
grant usage, create on schema public to vibecaas_functions;
--> statement-breakpoint
set local role vibecaas_functions;
--> statement-breakpoint
create or replace function register_due_object() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    insert into public.objects (id, noun, loop, organization_id, project_id, due)
    values (new.id, tg_argv[0], tg_argv[1],
      case tg_argv[0] when 'organization' then new.id else to_jsonb(new)->>'organization_id' end,
      case tg_argv[0] when 'project' then new.id else to_jsonb(new)->>'project_id' end, new.due);
  elsif tg_op = 'UPDATE' then
    update public.objects set due = new.due where id = new.id;
  else
    delete from public.objects where id = old.id;
  end if;
  return null;
end $$;
--> statement-breakpoint
drop function organizations_of(text);
--> statement-breakpoint
-- The organizations of a person as that person may see them. One that nobody named is called by whose
-- it is, for everybody else.
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
  from public.memberships m
  join public.organizations o on o.id = m.organization_id
  join public.organization_plans p on p.organization_id = o.id
  where m.user_id = member order by m.created_at, o.id;
end;
--> statement-breakpoint
revoke all on function organizations_of from public;
--> statement-breakpoint
grant execute on function organizations_of to vibecaas_app;
--> statement-breakpoint
set local role vibecaas_owner;
--> statement-breakpoint
revoke create on schema public from vibecaas_functions;
--> statement-breakpoint
-- Organizations have a loop now, and their projects hold them. The tables' owner sees every row meanwhile.
drop trigger register on organizations;
--> statement-breakpoint
select register_kind('organizations', 'organization', 'organizations');
--> statement-breakpoint
alter table objects no force row level security;
alter table organizations no force row level security;
alter table projects no force row level security;
alter table holds no force row level security;
--> statement-breakpoint
update objects set loop = 'organizations' where noun = 'organization';
--> statement-breakpoint
update organizations set name = 'Personal' where personal_of is not null and version = 1;
--> statement-breakpoint
insert into holds (organization_id, parent_id, loop, holder_id)
  select organization_id, organization_id, 'projects', id from projects;
--> statement-breakpoint
alter table objects force row level security;
alter table organizations force row level security;
alter table projects force row level security;
alter table holds force row level security;
--> statement-breakpoint
-- Removes every row of the transaction's organization that the server may remove, and the organization
-- itself. What a loop looks after must be gone by then: rows alone would leave machines and files.
create function erase_organization() returns void
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
    where o.organization_id = organization and o.loop is not null and o.noun <> 'organization') then
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
--> statement-breakpoint
revoke all on function erase_organization from public;
--> statement-breakpoint
grant execute on function erase_organization to vibecaas_app;
