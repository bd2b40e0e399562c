ALTER TABLE "microvms" ADD COLUMN "host_id" text;
--> statement-breakpoint
grant select (host_id, driver) on microvms to vibecaas_functions;
--> statement-breakpoint
grant usage, create on schema public to vibecaas_functions;
--> statement-breakpoint
set local role vibecaas_functions;
--> statement-breakpoint
drop function known_objects(text[]);
--> statement-breakpoint
-- Where the rows say that these machines are: what a host has beyond that was left behind.
create function machine_places(ids text[]) returns table (id text, host_id text, driver text)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select m.id, m.host_id, m.driver from public.microvms m where m.id = any(ids);
end;
--> statement-breakpoint
revoke all on function machine_places from public;
--> statement-breakpoint
grant execute on function machine_places to vibecaas_app;
--> statement-breakpoint
set local role vibecaas_owner;
--> statement-breakpoint
revoke create on schema public from vibecaas_functions;
