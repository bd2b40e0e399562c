-- Tenancy: who may touch which table, and which of its rows.

-- Makes a table show only the rows of the transaction's organization, to everybody, its owner
-- included. Every migration that adds a tenant table calls this; a test finds those that forgot.
-- An unset organization reads as '' after the first use in a session, hence nullif.
create function guard_tenant_table(guarded regclass, tenant text default 'organization_id')
returns void language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  execute format('alter table %s enable row level security', guarded);
  execute format('alter table %s force row level security', guarded);
  execute format(
    'create policy tenant on %s using (%I = nullif(current_setting(''app.organization'', true), ''''))',
    guarded, tenant);
end $$;
--> statement-breakpoint
revoke all on function guard_tenant_table from public;
--> statement-breakpoint
select guard_tenant_table('organizations', 'id'),
  guard_tenant_table('memberships'),
  guard_tenant_table('organization_plans'),
  guard_tenant_table('quota_reservations'),
  guard_tenant_table('audit_records'),
  guard_tenant_table('usage_events'),
  guard_tenant_table('live_events'),
  guard_tenant_table('idempotency_keys'),
  guard_tenant_table('projects'),
  guard_tenant_table('project_slugs'),
  guard_tenant_table('project_holds'),
  guard_tenant_table('microvms'),
  guard_tenant_table('preview_codes'),
  guard_tenant_table('runs'),
  guard_tenant_table('run_tasks'),
  guard_tenant_table('run_steps');
--> statement-breakpoint
-- What was written stays as it was written, whoever asks.
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only: % is refused', tg_table_name, lower(tg_op)
    using errcode = 'insufficient_privilege';
end $$;
--> statement-breakpoint
create trigger append_only before update or delete or truncate on audit_records
  for each statement execute function refuse_change();
--> statement-breakpoint
create trigger append_only before update or delete or truncate on usage_events
  for each statement execute function refuse_change();
--> statement-breakpoint
grant usage on schema public to vibecaas_app;
--> statement-breakpoint
grant select, insert on audit_records, usage_events, live_events, project_slugs to vibecaas_app;
--> statement-breakpoint
grant select, insert, update on organizations, organization_plans to vibecaas_app;
--> statement-breakpoint
grant select, insert, update, delete on memberships, quota_reservations, idempotency_keys,
  projects, project_holds, microvms, preview_codes, runs, run_tasks, run_steps to vibecaas_app;
--> statement-breakpoint
grant select on live_horizon to vibecaas_app;
--> statement-breakpoint
insert into live_horizon (transaction) values ('0');
