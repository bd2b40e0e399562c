CREATE TABLE "gate_passes" (
	"organization_id" text NOT NULL,
	"project_id" text NOT NULL,
	"server" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "gate_passes_project_id_server_pk" PRIMARY KEY("project_id","server")
);
--> statement-breakpoint
ALTER TABLE "gate_passes" ADD CONSTRAINT "gate_passes_organization_id_project_id_projects_organization_id_id_fk" FOREIGN KEY ("organization_id","project_id") REFERENCES "public"."projects"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
select guard_tenant_table('gate_passes');
--> statement-breakpoint
grant select, insert, update, delete on gate_passes to vibecaas_app;
