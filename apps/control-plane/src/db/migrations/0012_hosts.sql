CREATE TABLE "hosts" (
	"host" text PRIMARY KEY NOT NULL,
	"organization_id" text DEFAULT current_setting('app.organization') NOT NULL,
	"target_kind" text NOT NULL,
	"target_id" text NOT NULL,
	"state" text DEFAULT 'serving' NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE INDEX "hosts_target" ON "hosts" USING btree ("organization_id","target_id");
--> statement-breakpoint
-- The tables' owner sees every row while these are moved.
alter table project_slugs no force row level security;
alter table projects no force row level security;
--> statement-breakpoint
insert into hosts (host, organization_id, target_kind, target_id, state, created_at)
  select s.slug, s.organization_id, 'project', s.project_id,
    case when p.id is null then 'retired' else 'serving' end, s.created_at
  from project_slugs s
  left join projects p on p.organization_id = s.organization_id and p.id = s.project_id;
--> statement-breakpoint
alter table projects force row level security;
--> statement-breakpoint
select guard_tenant_table('hosts');
--> statement-breakpoint
-- Who asks for a host does not know whose it is yet.
grant select (host, organization_id, target_kind, target_id, state) on hosts to vibecaas_functions;
--> statement-breakpoint
create policy named_functions on hosts for select to vibecaas_functions using (true);
--> statement-breakpoint
-- A host never changes hands and is never given up; only its state moves on.
grant select, insert, update (state) on hosts to vibecaas_app;
--> statement-breakpoint
grant usage, create on schema public to vibecaas_functions;
--> statement-breakpoint
set local role vibecaas_functions;
--> statement-breakpoint
-- What serves at a host, or no row.
create function target_of_host(wanted text) returns table (organization_id text, kind text, id text)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select h.organization_id, h.target_kind, h.target_id from public.hosts h
  where h.host = wanted and h.state = 'serving';
end;
--> statement-breakpoint
revoke all on function target_of_host from public;
--> statement-breakpoint
grant execute on function target_of_host to vibecaas_app;
--> statement-breakpoint
drop function project_by_slug;
--> statement-breakpoint
set local role vibecaas_owner;
--> statement-breakpoint
revoke create on schema public from vibecaas_functions;
--> statement-breakpoint
DROP TABLE "project_slugs";
