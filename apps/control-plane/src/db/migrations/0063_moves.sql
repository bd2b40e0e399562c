CREATE TABLE "project_moves" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"project_id" text NOT NULL,
	"way" text NOT NULL,
	"wanted" text DEFAULT 'done' NOT NULL,
	"state" text NOT NULL,
	"from_where" text NOT NULL,
	"request" jsonb NOT NULL,
	"doing" text,
	"left_out" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"failure" text,
	"started_by_id" text NOT NULL,
	"started_by_name" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"due" boolean GENERATED ALWAYS AS (state in ('waiting', 'working')) STORED NOT NULL
);
--> statement-breakpoint
ALTER TABLE "project_moves" ADD CONSTRAINT "project_moves_organization_id_project_id_projects_organization_id_id_fk" FOREIGN KEY ("organization_id","project_id") REFERENCES "public"."projects"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "project_moves_project" ON "project_moves" USING btree ("project_id","id");--> statement-breakpoint
select guard_tenant_table('project_moves');
--> statement-breakpoint
select register_kind('project_moves', 'move', 'moves');
--> statement-breakpoint
grant select, insert, update, delete on project_moves to vibecaas_app;
