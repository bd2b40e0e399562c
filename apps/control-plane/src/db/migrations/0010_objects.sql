CREATE TABLE "holds" (
	"organization_id" text NOT NULL,
	"parent_id" text NOT NULL,
	"loop" text NOT NULL,
	"holder_id" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "holds_parent_id_loop_holder_id_pk" PRIMARY KEY("parent_id","loop","holder_id")
);
--> statement-breakpoint
CREATE TABLE "objects" (
	"id" text PRIMARY KEY NOT NULL,
	"noun" text NOT NULL,
	"loop" text,
	"organization_id" text NOT NULL,
	"due" boolean DEFAULT false NOT NULL,
	CONSTRAINT "objects_tenant_key" UNIQUE("organization_id","id")
);
--> statement-breakpoint
CREATE TABLE "signals" (
	"organization_id" text NOT NULL,
	"parent_id" text NOT NULL,
	"child" text NOT NULL,
	"phase" text NOT NULL,
	"detail" text,
	"about" text,
	"news_at" timestamp (3) with time zone,
	CONSTRAINT "signals_parent_id_child_pk" PRIMARY KEY("parent_id","child")
);
--> statement-breakpoint
ALTER TABLE "run_tasks" ADD COLUMN "due" boolean GENERATED ALWAYS AS (state in ('waiting', 'running', 'checking', 'fixing')) STORED NOT NULL;
--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "due" boolean GENERATED ALWAYS AS (state in ('queued', 'planning', 'running')) STORED NOT NULL;
--> statement-breakpoint
ALTER TABLE "microvms" ADD COLUMN "due" boolean GENERATED ALWAYS AS (not (wanted = 'stopped' and state = 'stopped')) STORED NOT NULL;
--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "has_machine" boolean DEFAULT false NOT NULL;
--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "due" boolean GENERATED ALWAYS AS (wanted = 'gone' or state in ('working', 'starting', 'deleting')) STORED NOT NULL;
--> statement-breakpoint
CREATE INDEX "objects_due" ON "objects" USING btree ("loop") WHERE "objects"."due";
--> statement-breakpoint
ALTER TABLE "holds" ADD CONSTRAINT "holds_organization_id_parent_id_objects_organization_id_id_fk" FOREIGN KEY ("organization_id","parent_id") REFERENCES "public"."objects"("organization_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "signals" ADD CONSTRAINT "signals_organization_id_parent_id_objects_organization_id_id_fk" FOREIGN KEY ("organization_id","parent_id") REFERENCES "public"."objects"("organization_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
-- The tables' owner sees every row while these are moved.
alter table projects no force row level security;
alter table project_holds no force row level security;
alter table organizations no force row level security;
alter table microvms no force row level security;
alter table runs no force row level security;
alter table run_tasks no force row level security;
--> statement-breakpoint
insert into objects (id, noun, organization_id)
  select id, 'organization', id from organizations;
--> statement-breakpoint
insert into objects (id, noun, loop, organization_id, due)
  select id, 'project', 'projects', organization_id, due from projects
  union all select id, 'microvm', 'microvms', organization_id, due from microvms
  union all select id, 'run', 'runs', organization_id, due from runs
  union all select id, 'task', 'tasks', organization_id, due from run_tasks;
--> statement-breakpoint
insert into holds (organization_id, parent_id, loop, holder_id, created_at)
  select organization_id, project_id, split_part(holder, ':', 1), split_part(holder, ':', 2), created_at
  from project_holds;
--> statement-breakpoint
insert into signals (organization_id, parent_id, child, phase, detail, about)
  select organization_id, id, 'runs',
    case when run_state in ('queued', 'planning', 'running') then 'working'
      when run_state = 'failed' then 'failed' else 'none' end,
    run_detail, goal
  from projects where run_state is not null or goal is not null
  union all
  select organization_id, id, 'microvms', case app_state when 'running' then 'up' else app_state end,
    app_detail, null
  from projects where app_state is not null;
--> statement-breakpoint
update projects set has_machine = true where app_state is not null;
--> statement-breakpoint
alter table projects force row level security;
alter table project_holds force row level security;
alter table organizations force row level security;
alter table microvms force row level security;
alter table runs force row level security;
alter table run_tasks force row level security;
--> statement-breakpoint
select guard_tenant_table('objects'), guard_tenant_table('holds'), guard_tenant_table('signals');
--> statement-breakpoint
grant select, insert, update, delete on holds, signals to vibecaas_app;
--> statement-breakpoint
grant select on objects to vibecaas_app;
--> statement-breakpoint
grant select, insert, update, delete on objects to vibecaas_functions;
--> statement-breakpoint
create policy named_functions on objects to vibecaas_functions using (true);
--> statement-breakpoint
grant usage, create on schema public to vibecaas_functions;
--> statement-breakpoint
set local role vibecaas_functions;
--> statement-breakpoint
-- Registers the objects of a kind; its noun, and its loop if it has one, are the trigger's arguments.
-- One function for tables without a loop, one for those whose rows say when they are due.
create function register_object() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    delete from public.objects where id = old.id;
  else
    insert into public.objects (id, noun, organization_id)
    values (new.id, tg_argv[0], case tg_argv[0] when 'organization' then new.id else to_jsonb(new)->>'organization_id' end);
  end if;
  return null;
end $$;
--> statement-breakpoint
create function register_due_object() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    insert into public.objects (id, noun, loop, organization_id, due)
    values (new.id, tg_argv[0], tg_argv[1], new.organization_id, new.due);
  elsif tg_op = 'UPDATE' then
    update public.objects set due = new.due where id = new.id;
  else
    delete from public.objects where id = old.id;
  end if;
  return null;
end $$;
--> statement-breakpoint
create or replace function owner_of(object_kind text, object_id text) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select o.organization_id from public.objects o where o.id = object_id and o.noun = object_kind;
end;
--> statement-breakpoint
-- What a loop must look at: rows that are not yet as wanted, or whose work is under way.
create function due_objects(object_loop text) returns table (organization_id text, id text)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select o.organization_id, o.id from public.objects o where o.loop = object_loop and o.due;
end;
--> statement-breakpoint
-- Which of these have a row: what the others left behind outside is removed.
create function known_objects(ids text[]) returns table (id text)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select o.id from public.objects o where o.id = any(ids);
end;
--> statement-breakpoint
drop function due_projects(), due_microvms(), due_runs(), due_tasks(), known_microvms(text[]);
--> statement-breakpoint
revoke all on function register_object, register_due_object, due_objects, known_objects from public;
--> statement-breakpoint
grant execute on function due_objects, known_objects to vibecaas_app;
--> statement-breakpoint
grant execute on function register_object, register_due_object to vibecaas_owner;
--> statement-breakpoint
set local role vibecaas_owner;
--> statement-breakpoint
revoke create on schema public from vibecaas_functions;
--> statement-breakpoint
-- Puts a kind's table under the registry. Every migration that adds the table of a kind calls this
-- after the guard, with the noun of the contract, and the loop when the table has a column `due`.
create function register_kind(kind_table regclass, noun text, loop text default null) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if loop is null then
    execute format('create trigger register after insert or delete on %s
      for each row execute function public.register_object(%L)', kind_table, noun);
  else
    execute format('create trigger register after insert or delete on %s
      for each row execute function public.register_due_object(%L, %L)', kind_table, noun, loop);
    execute format('create trigger register_due after update on %s for each row
      when (old.due is distinct from new.due) execute function public.register_due_object(%L, %L)',
      kind_table, noun, loop);
  end if;
end $$;
--> statement-breakpoint
revoke all on function register_kind from public;
--> statement-breakpoint
select register_kind('organizations', 'organization'), register_kind('projects', 'project', 'projects'),
  register_kind('microvms', 'microvm', 'microvms'), register_kind('runs', 'run', 'runs'),
  register_kind('run_tasks', 'task', 'tasks');
--> statement-breakpoint
DROP TABLE "project_holds" CASCADE;
--> statement-breakpoint
ALTER TABLE "projects" DROP COLUMN "run_state";
--> statement-breakpoint
ALTER TABLE "projects" DROP COLUMN "run_detail";
--> statement-breakpoint
ALTER TABLE "projects" DROP COLUMN "app_state";
--> statement-breakpoint
ALTER TABLE "projects" DROP COLUMN "app_detail";
