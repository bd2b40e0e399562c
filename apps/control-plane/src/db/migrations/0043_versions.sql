CREATE TABLE "project_versions" (
	"organization_id" text NOT NULL,
	"project_id" text NOT NULL,
	"commit" text NOT NULL,
	"base" text,
	"kind" text NOT NULL,
	"of" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "project_versions_project_id_commit_pk" PRIMARY KEY("project_id","commit")
);
--> statement-breakpoint
ALTER TABLE "project_versions" ADD CONSTRAINT "project_versions_organization_id_project_id_projects_organization_id_id_fk" FOREIGN KEY ("organization_id","project_id") REFERENCES "public"."projects"("organization_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
select guard_tenant_table('project_versions');
--> statement-breakpoint
grant select, insert, update, delete on project_versions to vibecaas_app;
