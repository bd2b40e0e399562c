ALTER TABLE "store_backups" ADD COLUMN "store_name" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "store_backups" ADD COLUMN "kept_until" timestamp (3) with time zone;--> statement-breakpoint
-- The tables' owner sees every row while these are written.
alter table stores no force row level security;
alter table store_backups no force row level security;
--> statement-breakpoint
update store_backups b set store_name = s.name from stores s where s.id = b.store_id;
--> statement-breakpoint
update store_backups set kept_until = now() + interval '30 days' where reason = 'final';
--> statement-breakpoint
insert into objects (id, noun, organization_id) select id, 'storeBackup', organization_id from store_backups;
--> statement-breakpoint
alter table stores force row level security;
alter table store_backups force row level security;
--> statement-breakpoint
select register_kind('store_backups', 'storeBackup');
--> statement-breakpoint
grant select on store_backups to vibecaas_functions;
--> statement-breakpoint
create policy named_functions on store_backups for select to vibecaas_functions using (true);
--> statement-breakpoint
grant usage, create on schema public to vibecaas_functions;
--> statement-breakpoint
set local role vibecaas_functions;
--> statement-breakpoint
-- Backups of all organizations whose time is over: no more of them than what is needed to forget them.
create function expired_store_backups(now_is timestamptz) returns table (organization_id text, store_id text, id text)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select b.organization_id, b.store_id, b.id from public.store_backups b where b.kept_until < now_is
  order by b.kept_until limit 100;
end;
--> statement-breakpoint
revoke all on function expired_store_backups from public;
--> statement-breakpoint
grant execute on function expired_store_backups to vibecaas_app;
--> statement-breakpoint
set local role vibecaas_owner;
--> statement-breakpoint
revoke create on schema public from vibecaas_functions;
