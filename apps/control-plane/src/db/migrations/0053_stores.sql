CREATE TABLE "store_backups" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"store_id" text NOT NULL,
	"reason" text NOT NULL,
	"state" text NOT NULL,
	"engine" text NOT NULL,
	"version" text NOT NULL,
	"bytes" bigint,
	"checksum" text,
	"created_by_name" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "store_events" (
	"organization_id" text NOT NULL,
	"store_id" text NOT NULL,
	"number" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "store_events_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL,
	"say" text NOT NULL,
	"by_name" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "store_facts" (
	"work_id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"engine" text NOT NULL,
	"work" text NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"started_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"outcome" text,
	"failure_kind" text
);
--> statement-breakpoint
CREATE TABLE "store_probes" (
	"organization_id" text NOT NULL,
	"store_id" text NOT NULL,
	"number" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "store_probes_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp (3) with time zone NOT NULL,
	"depth" text NOT NULL,
	"ok" boolean NOT NULL,
	"elapsed_ms" integer NOT NULL,
	"say" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "store_queue" (
	"store_id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"place" bigint GENERATED ALWAYS AS IDENTITY (sequence name "store_queue_place_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"queued_at" timestamp (3) with time zone NOT NULL,
	"admitted_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "store_releases" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"store_id" text NOT NULL,
	"number" integer NOT NULL,
	"version" text NOT NULL,
	"state" text NOT NULL,
	"backup_id" text,
	"started_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "store_releases_number" UNIQUE("store_id","number")
);
--> statement-breakpoint
CREATE TABLE "store_steps" (
	"organization_id" text NOT NULL,
	"work_id" text NOT NULL,
	"step" text NOT NULL,
	"tries" integer NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"done" boolean NOT NULL,
	"note" text,
	CONSTRAINT "store_steps_work_id_step_pk" PRIMARY KEY("work_id","step")
);
--> statement-breakpoint
CREATE TABLE "store_works" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"store_id" text NOT NULL,
	"work" text NOT NULL,
	"state" text NOT NULL,
	"from_version" text NOT NULL,
	"to_version" text NOT NULL,
	"backup_id" text NOT NULL,
	"restore_id" text,
	"restore_of" text,
	"verbose" boolean NOT NULL,
	"cancel_wanted" boolean NOT NULL,
	"failure_kind" text,
	"by_name" text NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"started_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "store_works_tenant_key" UNIQUE("organization_id","id")
);
--> statement-breakpoint
CREATE TABLE "stores" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"name" text NOT NULL,
	"label" text NOT NULL,
	"url" text NOT NULL,
	"admin_url" text NOT NULL,
	"engine" text NOT NULL,
	"version" text NOT NULL,
	"plan" text NOT NULL,
	"values" jsonb NOT NULL,
	"simulated" boolean NOT NULL,
	"wanted" text NOT NULL,
	"final_backup" boolean NOT NULL,
	"state" text NOT NULL,
	"work_id" text,
	"step" text,
	"position" integer,
	"failure" jsonb,
	"stuck" boolean NOT NULL,
	"leftovers" jsonb NOT NULL,
	"torn_at" timestamp (3) with time zone,
	"isolation" text,
	"settings_wanted" integer NOT NULL,
	"settings_applied" integer NOT NULL,
	"repairs" integer NOT NULL,
	"repaired_at" timestamp (3) with time zone,
	"backup_every_hours" integer,
	"backed_up_at" timestamp (3) with time zone,
	"probed_at" timestamp (3) with time zone,
	"probe_wanted" integer NOT NULL,
	"probed" integer NOT NULL,
	"metered_until" timestamp (3) with time zone,
	"ready_at" timestamp (3) with time zone,
	"changes" integer NOT NULL,
	"created_by_id" text NOT NULL,
	"created_by_name" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"due" boolean GENERATED ALWAYS AS (wanted = 'gone' or work_id is not null or not (state = 'failed' or (wanted = 'stopped' and state = 'stopped'))) STORED NOT NULL,
	CONSTRAINT "stores_tenant_key" UNIQUE("organization_id","id"),
	CONSTRAINT "stores_name" UNIQUE("organization_id","name")
);
--> statement-breakpoint
ALTER TABLE "store_events" ADD CONSTRAINT "store_events_organization_id_store_id_stores_organization_id_id_fk" FOREIGN KEY ("organization_id","store_id") REFERENCES "public"."stores"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "store_probes" ADD CONSTRAINT "store_probes_organization_id_store_id_stores_organization_id_id_fk" FOREIGN KEY ("organization_id","store_id") REFERENCES "public"."stores"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "store_queue" ADD CONSTRAINT "store_queue_organization_id_store_id_stores_organization_id_id_fk" FOREIGN KEY ("organization_id","store_id") REFERENCES "public"."stores"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "store_releases" ADD CONSTRAINT "store_releases_organization_id_store_id_stores_organization_id_id_fk" FOREIGN KEY ("organization_id","store_id") REFERENCES "public"."stores"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "store_steps" ADD CONSTRAINT "store_steps_organization_id_work_id_store_works_organization_id_id_fk" FOREIGN KEY ("organization_id","work_id") REFERENCES "public"."store_works"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "store_works" ADD CONSTRAINT "store_works_organization_id_store_id_stores_organization_id_id_fk" FOREIGN KEY ("organization_id","store_id") REFERENCES "public"."stores"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "store_backups_store" ON "store_backups" USING btree ("store_id","id");--> statement-breakpoint
CREATE INDEX "store_events_store" ON "store_events" USING btree ("store_id","number");--> statement-breakpoint
CREATE INDEX "store_facts_time" ON "store_facts" USING btree ("asked_at");--> statement-breakpoint
CREATE INDEX "store_probes_store" ON "store_probes" USING btree ("store_id","number");--> statement-breakpoint
CREATE INDEX "store_works_store" ON "store_works" USING btree ("store_id","id");--> statement-breakpoint
CREATE INDEX "stores_person" ON "stores" USING btree ("created_by_id");
--> statement-breakpoint
select guard_tenant_table('stores'), guard_tenant_table('store_works'), guard_tenant_table('store_steps'),
  guard_tenant_table('store_events'), guard_tenant_table('store_releases'), guard_tenant_table('store_backups'),
  guard_tenant_table('store_probes'), guard_tenant_table('store_queue'), guard_tenant_table('store_facts');
--> statement-breakpoint
select register_kind('stores', 'store', 'stores');
--> statement-breakpoint
grant select, insert, update, delete on stores, store_works, store_steps, store_releases, store_backups, store_facts to vibecaas_app;
--> statement-breakpoint
grant select, insert on store_events to vibecaas_app;
--> statement-breakpoint
grant select, insert, delete on store_probes, store_queue to vibecaas_app;
--> statement-breakpoint
grant select on stores, store_facts, store_queue to vibecaas_functions;
--> statement-breakpoint
grant update (admitted_at) on store_queue to vibecaas_functions;
--> statement-breakpoint
create policy named_functions on stores for select to vibecaas_functions using (true);
--> statement-breakpoint
create policy named_functions on store_facts for select to vibecaas_functions using (true);
--> statement-breakpoint
create policy named_functions on store_queue to vibecaas_functions using (true);
--> statement-breakpoint
grant usage, create on schema public to vibecaas_functions;
--> statement-breakpoint
set local role vibecaas_functions;
--> statement-breakpoint
-- Lets stores begin that have waited longest, while fewer than so many are being made; answers which. One at a
-- time, over all servers: whoever asks meanwhile waits, and sees what the one before did.
create function admit_stores(at_once integer, now_is timestamptz) returns table (organization_id text, id text)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtext('store queue'));
  return query
    with room as (
      select greatest(0, at_once - count(*)) as free from public.store_queue where admitted_at is not null
    ), next as (
      select q.store_id from public.store_queue q where q.admitted_at is null
      order by q.place limit (select free from room)
    )
    update public.store_queue q set admitted_at = now_is from next where q.store_id = next.store_id
    returning q.organization_id, q.store_id;
end $$;
--> statement-breakpoint
-- How many wait before a store, itself counted: a number, and nothing of whose they are. None once it was let in.
create function place_of_store(wanted text) returns integer
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select count(*)::integer from public.store_queue q join public.store_queue mine on mine.store_id = wanted
  where mine.admitted_at is null and q.admitted_at is null and q.place <= mine.place
  having count(*) > 0;
end;
--> statement-breakpoint
-- For administrators of the installation.
create function stores_in_queue() returns table (
  store_id text, organization_id text, name text, engine text, place bigint, queued_at timestamptz, admitted_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select q.store_id, q.organization_id, s.name, s.engine, q.place, q.queued_at, q.admitted_at
  from public.store_queue q join public.stores s on s.id = q.store_id
  order by q.admitted_at nulls last, q.place;
end;
--> statement-breakpoint
-- How many stores somebody has in all organizations. Who asks to make one more waits for whoever asks meanwhile.
create function stores_of_person(person text, making boolean) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  there integer;
begin
  if making then
    perform pg_advisory_xact_lock(hashtext('stores of'), hashtext(person));
  end if;
  select count(*)::integer into there from public.stores s where s.created_by_id = person;
  return there;
end $$;
--> statement-breakpoint
-- Of all organizations and of nobody: how many stores were made on a day, and how long that took.
create function store_days(since timestamptz) returns table (
  day date, engine text, created bigint, ready bigint, failed bigint, p50 float8, p95 float8, p99 float8)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select (w.asked_at at time zone 'UTC')::date, w.engine, count(*),
    count(*) filter (where w.outcome = 'done'), count(*) filter (where w.outcome = 'failed'),
    percentile_cont(0.5) within group (order by extract(epoch from w.ended_at - w.started_at)) filter (where w.outcome = 'done'),
    percentile_cont(0.95) within group (order by extract(epoch from w.ended_at - w.started_at)) filter (where w.outcome = 'done'),
    percentile_cont(0.99) within group (order by extract(epoch from w.ended_at - w.started_at)) filter (where w.outcome = 'done')
  from public.store_facts w
  where w.work = 'provision' and w.asked_at >= since
  group by 1, 2 order by 1, 2;
end;
--> statement-breakpoint
create function store_failures(since timestamptz) returns table (kind text, count bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select w.failure_kind, count(*) from public.store_facts w
  where w.failure_kind is not null and w.ended_at >= since
  group by 1 order by 2 desc, 1;
end;
--> statement-breakpoint
create function stores_by_state() returns table (engine text, state text, count bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select s.engine, s.state, count(*) from public.stores s group by 1, 2 order by 1, 2;
end;
--> statement-breakpoint
-- Which of these have a row in any organization: what others left behind outside is removed.
create function known_stores(ids text[]) returns table (id text)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select s.id from public.stores s where s.id = any(ids);
end;
--> statement-breakpoint
revoke all on function admit_stores, place_of_store, stores_in_queue, stores_of_person, store_days, store_failures, stores_by_state, known_stores from public;
--> statement-breakpoint
grant execute on function admit_stores, place_of_store, stores_in_queue, stores_of_person, store_days, store_failures, stores_by_state, known_stores to vibecaas_app;
--> statement-breakpoint
set local role vibecaas_owner;
--> statement-breakpoint
revoke create on schema public from vibecaas_functions;
