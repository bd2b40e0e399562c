CREATE UNLOGGED TABLE "rate_counters" (
	"key" text PRIMARY KEY NOT NULL,
	"window_number" bigint NOT NULL,
	"count" integer NOT NULL,
	"before" integer NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
grant usage, create on schema public to vibecaas_functions;
--> statement-breakpoint
grant select, insert, update, delete on rate_counters to vibecaas_functions;
--> statement-breakpoint
set local role vibecaas_functions;
--> statement-breakpoint
-- Counts one call, unless it would be beyond the limit; answers the counter as it was before. Of two
-- replicas whose clocks differ, the one that is ahead opens the window for both.
create function count_call(counted text, at_window bigint, share double precision, at_most integer, ends timestamptz)
returns table (count_was integer, before_was integer)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  kept public.rate_counters;
begin
  insert into public.rate_counters as c (key, window_number, count, before, ends_at)
  values (counted, at_window, 0, 0, ends)
  on conflict (key) do update set
    before = case when c.window_number >= at_window then c.before
      when c.window_number = at_window - 1 then c.count else 0 end,
    count = case when c.window_number >= at_window then c.count else 0 end,
    window_number = greatest(c.window_number, at_window),
    ends_at = greatest(c.ends_at, ends)
  returning * into kept;
  if kept.before * (1 - share) + kept.count + 1 <= at_most then
    update public.rate_counters c set count = c.count + 1 where c.key = counted;
  end if;
  return query select kept.count, kept.before;
end $$;
--> statement-breakpoint
create function uncount_call(counted text) returns void
language sql security definer set search_path = pg_catalog, pg_temp
begin atomic
  update public.rate_counters set count = count - 1 where key = counted and count > 0;
end;
--> statement-breakpoint
create function prune_rate_counters(until timestamptz) returns bigint
language sql security definer set search_path = pg_catalog, pg_temp
begin atomic
  with gone as (delete from public.rate_counters where ends_at < until returning 1)
  select count(*) from gone;
end;
--> statement-breakpoint
revoke all on function count_call, uncount_call, prune_rate_counters from public;
--> statement-breakpoint
grant execute on function count_call, uncount_call, prune_rate_counters to vibecaas_app;
--> statement-breakpoint
set local role vibecaas_owner;
--> statement-breakpoint
revoke create on schema public from vibecaas_functions;
