CREATE TABLE "run_steps" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"run_id" text NOT NULL,
	"task_id" text NOT NULL,
	"sequence" bigint GENERATED ALWAYS AS IDENTITY (sequence name "run_steps_sequence_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"try_number" integer NOT NULL,
	"call_key" text NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"title" text NOT NULL,
	"ok" boolean NOT NULL,
	"input" jsonb,
	"output" jsonb,
	"truncated" boolean DEFAULT false NOT NULL,
	"commit_after" text,
	"lines_added" integer,
	"lines_removed" integer,
	"started_at" timestamp (3) with time zone NOT NULL,
	"duration_ms" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "run_tasks" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"run_id" text NOT NULL,
	"position" integer NOT NULL,
	"role" text NOT NULL,
	"title" text NOT NULL,
	"instructions" text NOT NULL,
	"depends_on" jsonb NOT NULL,
	"check" jsonb,
	"state" text NOT NULL,
	"evidence" text,
	"tries" integer DEFAULT 0 NOT NULL,
	"tries_before" integer DEFAULT 0 NOT NULL,
	"commit_before" text,
	"commit_after" text,
	"files_changed" integer DEFAULT 0 NOT NULL,
	"reserved_tokens" bigint DEFAULT 0 NOT NULL,
	"fence" bigint DEFAULT 0 NOT NULL,
	"started_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "run_tasks_tenant_key" UNIQUE("organization_id","id")
);
--> statement-breakpoint
CREATE TABLE "runs" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"project_id" text NOT NULL,
	"number" integer NOT NULL,
	"goal" text NOT NULL,
	"wanted" text DEFAULT 'finished' NOT NULL,
	"state" text NOT NULL,
	"model_provider" text NOT NULL,
	"model_id" text NOT NULL,
	"model_simulated" boolean NOT NULL,
	"model_label" text NOT NULL,
	"summary" text,
	"notes" jsonb NOT NULL,
	"failure" text,
	"started_by_id" text NOT NULL,
	"started_by_name" text NOT NULL,
	"input_tokens" bigint DEFAULT 0 NOT NULL,
	"output_tokens" bigint DEFAULT 0 NOT NULL,
	"commit" text,
	"fence" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "runs_tenant_key" UNIQUE("organization_id","id")
);
--> statement-breakpoint
CREATE TABLE "audit_records" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"action" text NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text,
	"actor_name" text NOT NULL,
	"subject" text NOT NULL,
	"ip" text,
	"request_id" text,
	"details" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "live_events" (
	"sequence" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "live_events_sequence_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"transaction" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"organization_id" text NOT NULL,
	"topic" text NOT NULL,
	"kind" text NOT NULL,
	"object_id" text NOT NULL,
	"data" jsonb,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "live_horizon" (
	"only" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"transaction" "xid8" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "microvms" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"project_id" text NOT NULL,
	"cpu_count" integer NOT NULL,
	"memory_mib" integer NOT NULL,
	"disk_mib" integer NOT NULL,
	"trust" text NOT NULL,
	"wanted" text NOT NULL,
	"restart_wanted" integer DEFAULT 0 NOT NULL,
	"app_commit_wanted" text,
	"state" text NOT NULL,
	"restarted" integer DEFAULT 0 NOT NULL,
	"driver" text,
	"isolation" text,
	"reaches" jsonb NOT NULL,
	"failure" text,
	"workspace_commit" text,
	"app_state" text DEFAULT 'none' NOT NULL,
	"app_commit" text,
	"app_port" integer,
	"app_exit_code" integer,
	"app_restarts" integer DEFAULT 0 NOT NULL,
	"app_started_at" timestamp (3) with time zone,
	"app_log_tail" jsonb NOT NULL,
	"started_at" timestamp (3) with time zone,
	"metered_until" timestamp (3) with time zone,
	"fence" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "microvms_tenant_key" UNIQUE("organization_id","id"),
	CONSTRAINT "microvms_project" UNIQUE("project_id")
);
--> statement-breakpoint
CREATE TABLE "preview_codes" (
	"organization_id" text NOT NULL,
	"code_hash" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"user_id" text NOT NULL,
	"host" text NOT NULL,
	"return_to" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"redeemed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"organization_id" text NOT NULL,
	"actor_id" text NOT NULL,
	"route" text NOT NULL,
	"key" text NOT NULL,
	"body_hash" text NOT NULL,
	"status" integer,
	"reply" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "idempotency_keys_organization_id_actor_id_route_key_pk" PRIMARY KEY("organization_id","actor_id","route","key")
);
--> statement-breakpoint
CREATE TABLE "project_holds" (
	"organization_id" text NOT NULL,
	"project_id" text NOT NULL,
	"holder" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "project_holds_organization_id_project_id_holder_pk" PRIMARY KEY("organization_id","project_id","holder")
);
--> statement-breakpoint
CREATE TABLE "project_slugs" (
	"slug" text PRIMARY KEY NOT NULL,
	"organization_id" text DEFAULT current_setting('app.organization') NOT NULL,
	"project_id" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "projects" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"name" text NOT NULL,
	"slug" text NOT NULL,
	"preview" text NOT NULL,
	"wanted" text DEFAULT 'present' NOT NULL,
	"state" text DEFAULT 'empty' NOT NULL,
	"state_detail" text,
	"run_state" text,
	"run_detail" text,
	"app_state" text,
	"app_detail" text,
	"goal" text,
	"created_by" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"deleted_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "projects_tenant_key" UNIQUE("organization_id","id")
);
--> statement-breakpoint
CREATE TABLE "organization_plans" (
	"organization_id" text PRIMARY KEY NOT NULL,
	"plan" text NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "quota_reservations" (
	"organization_id" text NOT NULL,
	"resource" text NOT NULL,
	"subject" text NOT NULL,
	"amount" bigint NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "quota_reservations_organization_id_resource_subject_pk" PRIMARY KEY("organization_id","resource","subject")
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"organization_id" text NOT NULL,
	"user_id" text NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "memberships_organization_id_user_id_pk" PRIMARY KEY("organization_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "organizations" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"slug" text NOT NULL,
	"personal_of" text,
	"data_key" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "platform_admins" (
	"user_id" text PRIMARY KEY NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "usage_events" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"meter" text NOT NULL,
	"quantity" bigint NOT NULL,
	"source_key" text NOT NULL,
	"subject" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "run_steps" ADD CONSTRAINT "run_steps_organization_id_task_id_run_tasks_organization_id_id_fk" FOREIGN KEY ("organization_id","task_id") REFERENCES "public"."run_tasks"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_tasks" ADD CONSTRAINT "run_tasks_organization_id_run_id_runs_organization_id_id_fk" FOREIGN KEY ("organization_id","run_id") REFERENCES "public"."runs"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_organization_id_project_id_projects_organization_id_id_fk" FOREIGN KEY ("organization_id","project_id") REFERENCES "public"."projects"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "microvms" ADD CONSTRAINT "microvms_organization_id_project_id_projects_organization_id_id_fk" FOREIGN KEY ("organization_id","project_id") REFERENCES "public"."projects"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "preview_codes" ADD CONSTRAINT "preview_codes_organization_id_project_id_projects_organization_id_id_fk" FOREIGN KEY ("organization_id","project_id") REFERENCES "public"."projects"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_holds" ADD CONSTRAINT "project_holds_organization_id_project_id_projects_organization_id_id_fk" FOREIGN KEY ("organization_id","project_id") REFERENCES "public"."projects"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_plans" ADD CONSTRAINT "organization_plans_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quota_reservations" ADD CONSTRAINT "quota_reservations_organization_id_organization_plans_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization_plans"("organization_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "run_steps_call" ON "run_steps" USING btree ("task_id","try_number","call_key");--> statement-breakpoint
CREATE INDEX "run_steps_page" ON "run_steps" USING btree ("run_id","sequence");--> statement-breakpoint
CREATE UNIQUE INDEX "run_tasks_position" ON "run_tasks" USING btree ("run_id","position");--> statement-breakpoint
CREATE UNIQUE INDEX "runs_number" ON "runs" USING btree ("project_id","number");--> statement-breakpoint
CREATE INDEX "runs_state" ON "runs" USING btree ("state");--> statement-breakpoint
CREATE INDEX "audit_records_page" ON "audit_records" USING btree ("organization_id","id");--> statement-breakpoint
CREATE INDEX "live_events_topic" ON "live_events" USING btree ("topic","transaction","sequence");--> statement-breakpoint
CREATE INDEX "live_events_age" ON "live_events" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "microvms_state" ON "microvms" USING btree ("wanted","state");--> statement-breakpoint
CREATE INDEX "preview_codes_age" ON "preview_codes" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "idempotency_keys_age" ON "idempotency_keys" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "projects_page" ON "projects" USING btree ("organization_id","updated_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "quota_reservations_sum" ON "quota_reservations" USING btree ("organization_id","resource");--> statement-breakpoint
CREATE INDEX "memberships_user" ON "memberships" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "organizations_slug" ON "organizations" USING btree ("slug");--> statement-breakpoint
CREATE UNIQUE INDEX "organizations_personal_of" ON "organizations" USING btree ("personal_of");--> statement-breakpoint
CREATE UNIQUE INDEX "usage_events_source" ON "usage_events" USING btree ("organization_id","meter","source_key");--> statement-breakpoint
CREATE INDEX "usage_events_time" ON "usage_events" USING btree ("organization_id","at");