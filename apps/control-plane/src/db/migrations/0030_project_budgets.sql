CREATE TABLE "project_budgets" (
	"project_id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"tokens_max" bigint,
	"cost_max" bigint,
	"ms_max" bigint,
	"version" integer NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "project_months" (
	"project_id" text NOT NULL,
	"organization_id" text NOT NULL,
	"month" timestamp (3) with time zone NOT NULL,
	"tokens" bigint NOT NULL,
	"cost" bigint NOT NULL,
	"ms" bigint NOT NULL,
	CONSTRAINT "project_months_project_id_month_pk" PRIMARY KEY("project_id","month")
);
--> statement-breakpoint
ALTER TABLE "project_budgets" ADD CONSTRAINT "project_budgets_organization_id_project_id_projects_organization_id_id_fk" FOREIGN KEY ("organization_id","project_id") REFERENCES "public"."projects"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_months" ADD CONSTRAINT "project_months_organization_id_project_id_projects_organization_id_id_fk" FOREIGN KEY ("organization_id","project_id") REFERENCES "public"."projects"("organization_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
select guard_tenant_table('project_budgets'), guard_tenant_table('project_months');
--> statement-breakpoint
grant select, insert, update, delete on project_budgets, project_months to vibecaas_app;
