CREATE TABLE "egress_log" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"project_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"host" text NOT NULL,
	"port" integer NOT NULL,
	"purpose" text NOT NULL,
	"decision" text NOT NULL,
	"why" text,
	"bytes_sent" bigint NOT NULL,
	"bytes_received" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "egress_rules" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"project_id" text NOT NULL,
	"host" text NOT NULL,
	"port" integer NOT NULL,
	"name" text,
	"header" text,
	"sealed_value" text,
	"reason" text NOT NULL,
	"allowed_by_name" text NOT NULL,
	"version" integer NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "egress_rules_name" UNIQUE("project_id","name")
);
--> statement-breakpoint
ALTER TABLE "egress_log" ADD CONSTRAINT "egress_log_organization_id_project_id_projects_organization_id_id_fk" FOREIGN KEY ("organization_id","project_id") REFERENCES "public"."projects"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "egress_rules" ADD CONSTRAINT "egress_rules_organization_id_project_id_projects_organization_id_id_fk" FOREIGN KEY ("organization_id","project_id") REFERENCES "public"."projects"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "egress_log_newest" ON "egress_log" USING btree ("project_id","id");--> statement-breakpoint
CREATE INDEX "egress_rules_project" ON "egress_rules" USING btree ("project_id");
--> statement-breakpoint
select guard_tenant_table('egress_rules'), guard_tenant_table('egress_log');
--> statement-breakpoint
grant select, insert, update, delete on egress_rules, egress_log to vibecaas_app;
--> statement-breakpoint
-- Servers that serve the doors of a project's machines look again, and end what is not allowed any more.
create function tell_egress_change() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform pg_notify('egress', coalesce(new.project_id, old.project_id));
  return null;
end $$;
--> statement-breakpoint
create trigger tell_change after insert or update or delete on egress_rules
  for each row execute function tell_egress_change();
