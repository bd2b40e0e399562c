CREATE TABLE "ai_calls" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"project_id" text NOT NULL,
	"tokens" bigint NOT NULL,
	"cost" bigint NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ai_models" (
	"organization_id" text PRIMARY KEY NOT NULL,
	"chosen" jsonb NOT NULL,
	"version" integer NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ai_months" (
	"project_id" text NOT NULL,
	"organization_id" text NOT NULL,
	"month" timestamp (3) with time zone NOT NULL,
	"tokens" bigint NOT NULL,
	"cost" bigint NOT NULL,
	"calls" integer NOT NULL,
	CONSTRAINT "ai_months_project_id_month_pk" PRIMARY KEY("project_id","month")
);
--> statement-breakpoint
CREATE TABLE "project_ai" (
	"project_id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"enabled" boolean NOT NULL,
	"sealed_secret" text,
	"tokens_max" bigint NOT NULL,
	"cost_max" bigint NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"changed_by_name" text NOT NULL,
	"version" integer NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "ai_calls" ADD CONSTRAINT "ai_calls_organization_id_organization_plans_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization_plans"("organization_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ai_models" ADD CONSTRAINT "ai_models_organization_id_organization_plans_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization_plans"("organization_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ai_months" ADD CONSTRAINT "ai_months_organization_id_project_id_projects_organization_id_id_fk" FOREIGN KEY ("organization_id","project_id") REFERENCES "public"."projects"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_ai" ADD CONSTRAINT "project_ai_organization_id_project_id_projects_organization_id_id_fk" FOREIGN KEY ("organization_id","project_id") REFERENCES "public"."projects"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "ai_calls_organization" ON "ai_calls" USING btree ("organization_id");
--> statement-breakpoint
select guard_tenant_table('project_ai'), guard_tenant_table('ai_months'), guard_tenant_table('ai_calls'), guard_tenant_table('ai_models');
--> statement-breakpoint
grant select, insert, update, delete on project_ai, ai_months, ai_calls, ai_models to vibecaas_app;
--> statement-breakpoint
-- Servers that serve the doors of a project's machines look again.
create function tell_ai_change() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform pg_notify('ai', coalesce(new.project_id, old.project_id));
  return null;
end $$;
--> statement-breakpoint
create trigger tell_change after insert or update or delete on project_ai
  for each row execute function tell_ai_change();
