CREATE TABLE "store_drills" (
	"organization_id" text NOT NULL,
	"store_id" text NOT NULL,
	"number" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "store_drills_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp (3) with time zone NOT NULL,
	"ok" boolean NOT NULL,
	"backup_id" text NOT NULL,
	"version" text NOT NULL,
	"recovery_ms" integer,
	"say" text NOT NULL,
	"by_name" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "stores" ADD COLUMN "drill_every_days" integer;--> statement-breakpoint
ALTER TABLE "stores" ADD COLUMN "drilled_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "store_drills" ADD CONSTRAINT "store_drills_organization_id_store_id_stores_organization_id_id_fk" FOREIGN KEY ("organization_id","store_id") REFERENCES "public"."stores"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "store_drills_store" ON "store_drills" USING btree ("store_id","number");--> statement-breakpoint
select guard_tenant_table('store_drills');
--> statement-breakpoint
grant select, insert, delete on store_drills to vibecaas_app;
--> statement-breakpoint
grant select on store_works to vibecaas_functions;
--> statement-breakpoint
create policy named_functions on store_works for select to vibecaas_functions using (true);
--> statement-breakpoint
grant usage, create on schema public to vibecaas_functions;
--> statement-breakpoint
set local role vibecaas_functions;
--> statement-breakpoint
-- Which of these have a row in any organization, or are thrown away by a drill that is under way: what others left
-- behind outside is removed.
create or replace function known_stores(ids text[]) returns table (id text)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select s.id from public.stores s where s.id = any(ids)
  union all
  select 'sto_' || substr(w.id, 5) from public.store_works w
  where w.work = 'drill' and w.state = 'running' and 'sto_' || substr(w.id, 5) = any(ids);
end;
--> statement-breakpoint
set local role vibecaas_owner;
--> statement-breakpoint
revoke create on schema public from vibecaas_functions;
