grant select (organization_id, resource, amount) on organization_limits to vibecaas_functions;
--> statement-breakpoint
create policy named_functions on organization_limits for select to vibecaas_functions using (true);
--> statement-breakpoint
grant usage, create on schema public to vibecaas_functions;
--> statement-breakpoint
set local role vibecaas_functions;
--> statement-breakpoint
-- Plans of organizations, with those of the named limits that each has in place of its plan's.
create function rates_of(wanted text[], named text[]) returns table (organization_id text, plan text, own jsonb)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select p.organization_id, p.plan, coalesce(jsonb_object_agg(l.resource, l.amount)
    filter (where l.resource is not null), '{}')
  from public.organization_plans p
  left join public.organization_limits l
    on l.organization_id = p.organization_id and l.resource = any (named)
  where p.organization_id = any (wanted)
  group by p.organization_id, p.plan;
end;
--> statement-breakpoint
revoke all on function rates_of from public;
--> statement-breakpoint
grant execute on function rates_of to vibecaas_app;
--> statement-breakpoint
set local role vibecaas_owner;
--> statement-breakpoint
revoke create on schema public from vibecaas_functions;
