CREATE TABLE "comparisons" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"project_id" text NOT NULL,
	"goal" text NOT NULL,
	"wanted" text DEFAULT 'decided' NOT NULL,
	"state" text NOT NULL,
	"base" text,
	"live_before" text,
	"chosen" text,
	"failure" text,
	"started_by_name" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"due" boolean GENERATED ALWAYS AS (state in ('running', 'deciding', 'promoting')) STORED NOT NULL,
	CONSTRAINT "comparisons_tenant_key" UNIQUE("organization_id","id")
);
--> statement-breakpoint
DROP INDEX "attachments_path";--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "comparison_id" text;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "base" text;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "model_name" text;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "proved_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "chosen" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "apps" ADD COLUMN "draft_of" text;--> statement-breakpoint
ALTER TABLE "comparisons" ADD CONSTRAINT "comparisons_organization_id_project_id_projects_organization_id_id_fk" FOREIGN KEY ("organization_id","project_id") REFERENCES "public"."projects"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "comparisons_project" ON "comparisons" USING btree ("project_id");--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_organization_id_comparison_id_comparisons_organization_id_id_fk" FOREIGN KEY ("organization_id","comparison_id") REFERENCES "public"."comparisons"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "runs_comparison" ON "runs" USING btree ("comparison_id");--> statement-breakpoint
CREATE UNIQUE INDEX "attachments_path" ON "attachments" USING btree ("run_id",lower("path"));
--> statement-breakpoint
-- Drafts of before say which run they are of, too. The tables' owner sees every row meanwhile.
alter table apps no force row level security;
--> statement-breakpoint
alter table machines no force row level security;
--> statement-breakpoint
update apps set draft_of = m.draft_of from machines m where m.id = apps.machine_id and m.draft_of is not null;
--> statement-breakpoint
alter table apps force row level security;
--> statement-breakpoint
alter table machines force row level security;
--> statement-breakpoint
select guard_tenant_table('comparisons');
--> statement-breakpoint
select register_kind('comparisons', 'comparison', 'comparisons');
--> statement-breakpoint
grant select, insert, update, delete on comparisons to vibecaas_app;
