-- Stores that were deleted before this was written down: they ended now, as far as anybody knows.
do $$
declare
  organization text;
begin
  for organization in select public.organizations_not_wrapped_by('') loop
    perform set_config('app.organization', organization, true);
    insert into store_facts (work_id, organization_id, engine, work, asked_at, started_at, ended_at, outcome)
    select 'gone_' || f.work_id, f.organization_id, f.engine, 'delete', now(), now(), now(), 'done'
    from store_facts f where f.work = 'provision' and f.outcome = 'done'
      and not exists (select 1 from store_works w where w.id = f.work_id);
  end loop;
  perform set_config('app.organization', '', true);
end $$;
--> statement-breakpoint
grant usage, create on schema public to vibecaas_functions;
--> statement-breakpoint
set local role vibecaas_functions;
--> statement-breakpoint
drop function store_days(timestamptz);
--> statement-breakpoint
-- Of all organizations and of nobody, for each day and each engine that anybody ever asked for: how many stores were
-- asked for, how many there were at its end that had once been ready, and how long it took until they were.
create function store_days(since timestamptz, until timestamptz) returns table (
  day date, engine text, created bigint, ready bigint, failed bigint, active bigint, p50 float8, p95 float8, p99 float8)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  with days as (
    select each::date as day from generate_series(
      (since at time zone 'UTC')::date, (until at time zone 'UTC')::date, interval '1 day') as each
  ), engines as (
    select distinct w.engine from public.store_facts w where w.asked_at <= until
  ), changes as (
    select w.engine, (w.ended_at at time zone 'UTC')::date as day,
      sum(case w.work when 'provision' then 1 else -1 end) as by
    from public.store_facts w
    where w.outcome = 'done' and w.work in ('provision', 'delete')
    group by 1, 2
  ), made as (
    select w.engine, (w.asked_at at time zone 'UTC')::date as day, count(*) as created,
      count(*) filter (where w.outcome = 'done') as ready, count(*) filter (where w.outcome = 'failed') as failed,
      percentile_cont(0.5) within group (order by extract(epoch from w.ended_at - w.started_at)) filter (where w.outcome = 'done') as p50,
      percentile_cont(0.95) within group (order by extract(epoch from w.ended_at - w.started_at)) filter (where w.outcome = 'done') as p95,
      percentile_cont(0.99) within group (order by extract(epoch from w.ended_at - w.started_at)) filter (where w.outcome = 'done') as p99
    from public.store_facts w
    where w.work = 'provision' and w.asked_at >= date_trunc('day', since, 'UTC')
    group by 1, 2
  )
  select d.day, e.engine, coalesce(m.created, 0), coalesce(m.ready, 0), coalesce(m.failed, 0),
    coalesce((select sum(c.by) from changes c where c.engine = e.engine and c.day <= d.day), 0)::bigint,
    m.p50, m.p95, m.p99
  from days d cross join engines e left join made m on m.day = d.day and m.engine = e.engine
  order by 1, 2;
end;
--> statement-breakpoint
revoke all on function store_days from public;
--> statement-breakpoint
grant execute on function store_days to vibecaas_app;
--> statement-breakpoint
set local role vibecaas_owner;
--> statement-breakpoint
revoke create on schema public from vibecaas_functions;
