CREATE TABLE "app_releases" (
	"organization_id" text NOT NULL,
	"app_id" text NOT NULL,
	"number" integer NOT NULL,
	"commit" text NOT NULL,
	"outcome" text NOT NULL,
	"failure" text,
	"started_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "app_releases_app_id_number_pk" PRIMARY KEY("app_id","number")
);
--> statement-breakpoint
CREATE TABLE "apps" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"project_id" text NOT NULL,
	"machine_id" text NOT NULL,
	"commit_wanted" text NOT NULL,
	"command" jsonb,
	"environment" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"state" text NOT NULL,
	"commit" text,
	"port" integer,
	"exit_code" integer,
	"restarts" integer DEFAULT 0 NOT NULL,
	"started_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"failure" text,
	"log_tail" jsonb NOT NULL,
	"fence" bigint DEFAULT 0 NOT NULL,
	"due" boolean GENERATED ALWAYS AS (state <> 'stopped') STORED NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "apps_tenant_key" UNIQUE("organization_id","id")
);
--> statement-breakpoint
CREATE TABLE "machines" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"project_id" text NOT NULL,
	"image" text,
	"cpu_count" integer NOT NULL,
	"memory_mib" integer NOT NULL,
	"disk_mib" integer NOT NULL,
	"trust" text NOT NULL,
	"wanted" text NOT NULL,
	"restart_wanted" integer DEFAULT 0 NOT NULL,
	"state" text NOT NULL,
	"restarted" integer DEFAULT 0 NOT NULL,
	"host_id" text,
	"driver" text,
	"isolation" text,
	"reaches" jsonb NOT NULL,
	"failure" text,
	"started_at" timestamp (3) with time zone,
	"metered_until" timestamp (3) with time zone,
	"fence" bigint DEFAULT 0 NOT NULL,
	"due" boolean GENERATED ALWAYS AS (not (wanted = 'stopped' and state = 'stopped')) STORED NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "machines_tenant_key" UNIQUE("organization_id","id")
);
--> statement-breakpoint
ALTER TABLE "app_releases" ADD CONSTRAINT "app_releases_organization_id_app_id_apps_organization_id_id_fk" FOREIGN KEY ("organization_id","app_id") REFERENCES "public"."apps"("organization_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "apps" ADD CONSTRAINT "apps_organization_id_project_id_projects_organization_id_id_fk" FOREIGN KEY ("organization_id","project_id") REFERENCES "public"."projects"("organization_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "apps" ADD CONSTRAINT "apps_organization_id_machine_id_machines_organization_id_id_fk" FOREIGN KEY ("organization_id","machine_id") REFERENCES "public"."machines"("organization_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "machines" ADD CONSTRAINT "machines_organization_id_project_id_projects_organization_id_id_fk" FOREIGN KEY ("organization_id","project_id") REFERENCES "public"."projects"("organization_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "apps_project" ON "apps" USING btree ("project_id");
--> statement-breakpoint
CREATE INDEX "apps_machine" ON "apps" USING btree ("machine_id");
--> statement-breakpoint
CREATE INDEX "machines_project" ON "machines" USING btree ("project_id");
--> statement-breakpoint
-- The tables' owner sees every row while these are moved.
alter table microvms no force row level security;
alter table objects no force row level security;
alter table holds no force row level security;
alter table signals no force row level security;
--> statement-breakpoint
insert into machines (id, organization_id, project_id, cpu_count, memory_mib, disk_mib, trust, wanted,
    restart_wanted, state, restarted, host_id, driver, isolation, reaches, failure, started_at,
    metered_until, fence, created_at, updated_at)
  select id, organization_id, project_id, cpu_count, memory_mib, disk_mib, trust, wanted,
    restart_wanted, state, restarted, host_id, driver, isolation, reaches, failure, started_at,
    metered_until, fence, created_at, updated_at
  from microvms;
--> statement-breakpoint
-- An app's id is its machine's with other letters: both are as old.
insert into apps (id, organization_id, project_id, machine_id, commit_wanted, state, commit, port,
    exit_code, restarts, started_at, ended_at, failure, log_tail, created_at, updated_at)
  select 'app_' || substr(id, 4), organization_id, project_id, id, app_commit_wanted, app_state,
    app_commit, app_port, app_exit_code, app_restarts, app_started_at, app_ended_at, app_failure,
    app_log_tail, created_at, updated_at
  from microvms where app_commit_wanted is not null;
--> statement-breakpoint
-- Of earlier starts nothing is known; what runs is the first release.
insert into app_releases (organization_id, app_id, number, commit, outcome, failure, started_at)
  select organization_id, id, 1, commit,
    case state when 'running' then 'running' when 'crashed' then 'failed' else 'starting' end, failure,
    coalesce(started_at, updated_at)
  from apps where commit is not null and state in ('running', 'starting', 'crashed');
--> statement-breakpoint
update app_releases set ended_at = started_at where outcome = 'failed';
--> statement-breakpoint
update objects set noun = 'machine', loop = 'machines' where noun = 'microvm';
insert into objects (id, noun, loop, organization_id, due)
  select id, 'app', 'apps', organization_id, due from apps;
update holds set loop = 'machines' where loop = 'microvms';
insert into holds (organization_id, parent_id, loop, holder_id)
  select organization_id, project_id, 'apps', id from apps
  union all select organization_id, machine_id, 'apps', id from apps;
update signals s set child = 'apps/' || a.id from apps a
  where s.parent_id = a.project_id and s.child = 'microvms';
delete from signals where child = 'microvms';
insert into signals (organization_id, parent_id, child, phase)
  select organization_id, project_id, 'machines/' || id, 'none' from machines;
--> statement-breakpoint
alter table objects force row level security;
alter table holds force row level security;
alter table signals force row level security;
--> statement-breakpoint
grant usage, create on schema public to vibecaas_functions;
--> statement-breakpoint
set local role vibecaas_functions;
--> statement-breakpoint
drop function machine_places(text[]);
--> statement-breakpoint
set local role vibecaas_owner;
--> statement-breakpoint
DROP TABLE "microvms" CASCADE;
--> statement-breakpoint
select guard_tenant_table('machines'), guard_tenant_table('apps'), guard_tenant_table('app_releases'),
  register_kind('machines', 'machine', 'machines'), register_kind('apps', 'app', 'apps');
--> statement-breakpoint
grant select, insert, update, delete on machines, apps, app_releases to vibecaas_app;
--> statement-breakpoint
grant select (id, host_id, driver) on machines to vibecaas_functions;
--> statement-breakpoint
create policy named_functions on machines for select to vibecaas_functions using (true);
--> statement-breakpoint
set local role vibecaas_functions;
--> statement-breakpoint
-- Where the rows say that these machines are: what a host has beyond that was left behind.
create function machine_places(ids text[]) returns table (id text, host_id text, driver text)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select m.id, m.host_id, m.driver from public.machines m where m.id = any(ids);
end;
--> statement-breakpoint
revoke all on function machine_places from public;
--> statement-breakpoint
grant execute on function machine_places to vibecaas_app;
--> statement-breakpoint
set local role vibecaas_owner;
--> statement-breakpoint
revoke create on schema public from vibecaas_functions;
