CREATE TABLE "proposals" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"project_id" text NOT NULL,
	"goal" text NOT NULL,
	"attachments" jsonb NOT NULL,
	"language" text NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"clear" boolean NOT NULL,
	"starters" jsonb NOT NULL,
	"before" jsonb,
	"chosen" jsonb,
	"account" jsonb,
	"run_id" text,
	"started_by_name" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "proposals_tenant_key" UNIQUE("organization_id","id")
);
--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_organization_id_project_id_projects_organization_id_id_fk" FOREIGN KEY ("organization_id","project_id") REFERENCES "public"."projects"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_organization_id_run_id_runs_organization_id_id_fk" FOREIGN KEY ("organization_id","run_id") REFERENCES "public"."runs"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "proposals_project" ON "proposals" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "proposals_run" ON "proposals" USING btree ("run_id");
--> statement-breakpoint
select guard_tenant_table('proposals');
--> statement-breakpoint
select register_kind('proposals', 'proposal');
--> statement-breakpoint
grant select, insert, update, delete on proposals to vibecaas_app;
