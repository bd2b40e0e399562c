CREATE TABLE "attachment_contents" (
	"organization_id" text NOT NULL,
	"sha256" text NOT NULL,
	"content" "bytea" NOT NULL,
	CONSTRAINT "attachment_contents_organization_id_sha256_pk" PRIMARY KEY("organization_id","sha256")
);
--> statement-breakpoint
CREATE TABLE "attachments" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"sha256" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"media_type" text NOT NULL,
	"bytes" integer NOT NULL,
	"width" integer,
	"height" integer,
	"run_id" text,
	"project_id" text,
	"message" integer,
	"position" integer DEFAULT 0 NOT NULL,
	"path" text,
	"uploaded_by_id" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "run_messages" ADD COLUMN "heard_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_organization_id_sha256_attachment_contents_organization_id_sha256_fk" FOREIGN KEY ("organization_id","sha256") REFERENCES "public"."attachment_contents"("organization_id","sha256") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_organization_id_run_id_runs_organization_id_id_fk" FOREIGN KEY ("organization_id","run_id") REFERENCES "public"."runs"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "attachments_path" ON "attachments" USING btree ("project_id",lower("path"));--> statement-breakpoint
CREATE INDEX "attachments_run" ON "attachments" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "attachments_content" ON "attachments" USING btree ("organization_id","sha256");--> statement-breakpoint
CREATE INDEX "attachments_not_given" ON "attachments" USING btree ("created_at") WHERE run_id is null;
--> statement-breakpoint
-- Whoever was told of messages before this column was there is not known: those of the past count as heard.
alter table run_messages no force row level security;
--> statement-breakpoint
update run_messages set heard_at = sent_at;
--> statement-breakpoint
alter table run_messages force row level security;
--> statement-breakpoint
select guard_tenant_table('attachment_contents'), guard_tenant_table('attachments');
--> statement-breakpoint
grant select, insert, update, delete on attachment_contents, attachments to vibecaas_app;
--> statement-breakpoint
grant select (organization_id, id, sha256, run_id, created_at), delete on attachments to vibecaas_functions;
--> statement-breakpoint
grant select (organization_id, sha256), delete on attachment_contents to vibecaas_functions;
--> statement-breakpoint
grant select (organization_id, resource, subject), delete on quota_reservations to vibecaas_functions;
--> statement-breakpoint
create policy named_functions on attachments to vibecaas_functions using (true);
--> statement-breakpoint
create policy named_functions on attachment_contents to vibecaas_functions using (true);
--> statement-breakpoint
create policy named_functions on quota_reservations to vibecaas_functions using (true);
--> statement-breakpoint
grant create on schema public to vibecaas_functions;
--> statement-breakpoint
set local role vibecaas_functions;
--> statement-breakpoint
-- Files that were uploaded and never given to a run, with what they took of the quota.
create function prune_attachments(before timestamptz) returns bigint
language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  with removed as (
    delete from public.attachments a where a.run_id is null and a.created_at < before
    returning a.organization_id, a.id
  ), freed as (
    delete from public.quota_reservations q using removed r
    where q.organization_id = r.organization_id and q.resource = 'attached_kilobytes'
      and q.subject = r.id
  )
  select count(*) from removed;
end;
--> statement-breakpoint
-- Bytes that no file has any more. One that is being attached right now is kept by its key.
create function prune_attachment_contents() returns bigint
language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  with removed as (
    delete from public.attachment_contents c where not exists (
      select from public.attachments a
      where a.organization_id = c.organization_id and a.sha256 = c.sha256
    ) returning 1
  )
  select count(*) from removed;
end;
--> statement-breakpoint
revoke all on function prune_attachments, prune_attachment_contents from public;
--> statement-breakpoint
grant execute on function prune_attachments, prune_attachment_contents to vibecaas_app;
--> statement-breakpoint
set local role vibecaas_owner;
--> statement-breakpoint
revoke create on schema public from vibecaas_functions;
