CREATE TABLE "begun_calls" (
	"organization_id" text NOT NULL,
	"task_id" text NOT NULL,
	"call" text NOT NULL,
	"times" integer NOT NULL,
	"begun_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "begun_calls_task_id_call_pk" PRIMARY KEY("task_id","call")
);
--> statement-breakpoint
CREATE TABLE "mcp_servers" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"project_id" text NOT NULL,
	"name" text NOT NULL,
	"url" text NOT NULL,
	"headers" jsonb NOT NULL,
	"enabled" boolean NOT NULL,
	"seen" text,
	"seen_detail" text,
	"calls" text,
	"look_wanted" integer NOT NULL,
	"looked" integer NOT NULL,
	"looked_at" timestamp (3) with time zone,
	"version" integer NOT NULL,
	"created_by_name" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"due" boolean GENERATED ALWAYS AS (enabled and looked < look_wanted) STORED NOT NULL,
	CONSTRAINT "mcp_servers_tenant_key" UNIQUE("organization_id","id"),
	CONSTRAINT "mcp_servers_name" UNIQUE("project_id","name")
);
--> statement-breakpoint
CREATE TABLE "mcp_tools" (
	"organization_id" text NOT NULL,
	"server_id" text NOT NULL,
	"name" text NOT NULL,
	"description" text NOT NULL,
	"input_schema" jsonb NOT NULL,
	"repeatable" boolean NOT NULL,
	"mode" text NOT NULL,
	"changed" boolean NOT NULL,
	"unusable" text,
	"hash" text NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "mcp_tools_server_id_name_pk" PRIMARY KEY("server_id","name")
);
--> statement-breakpoint
ALTER TABLE "begun_calls" ADD CONSTRAINT "begun_calls_organization_id_task_id_run_tasks_organization_id_id_fk" FOREIGN KEY ("organization_id","task_id") REFERENCES "public"."run_tasks"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mcp_servers" ADD CONSTRAINT "mcp_servers_organization_id_project_id_projects_organization_id_id_fk" FOREIGN KEY ("organization_id","project_id") REFERENCES "public"."projects"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mcp_tools" ADD CONSTRAINT "mcp_tools_organization_id_server_id_mcp_servers_organization_id_id_fk" FOREIGN KEY ("organization_id","server_id") REFERENCES "public"."mcp_servers"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
select guard_tenant_table('mcp_servers'), guard_tenant_table('mcp_tools');
--> statement-breakpoint
select register_kind('mcp_servers', 'mcp_server', 'mcp-servers');
--> statement-breakpoint
grant select, insert, update, delete on mcp_servers, mcp_tools to vibecaas_app;
--> statement-breakpoint
select guard_tenant_table('begun_calls');
--> statement-breakpoint
grant select, insert, update, delete on begun_calls to vibecaas_app;
