CREATE TABLE "run_inquiries" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"run_id" text NOT NULL,
	"task_id" text,
	"kind" text NOT NULL,
	"call" text NOT NULL,
	"state" text NOT NULL,
	"text" text NOT NULL,
	"choices" jsonb NOT NULL,
	"answer" text,
	"answered_by_id" text,
	"answered_by_name" text,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"answered_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "run_inquiries" ADD CONSTRAINT "run_inquiries_organization_id_run_id_runs_organization_id_id_fk" FOREIGN KEY ("organization_id","run_id") REFERENCES "public"."runs"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_inquiries" ADD CONSTRAINT "run_inquiries_organization_id_task_id_run_tasks_organization_id_id_fk" FOREIGN KEY ("organization_id","task_id") REFERENCES "public"."run_tasks"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "run_inquiries_call" ON "run_inquiries" USING btree ("run_id","call") WHERE state <> 'withdrawn';--> statement-breakpoint
CREATE INDEX "run_inquiries_page" ON "run_inquiries" USING btree ("run_id","asked_at");--> statement-breakpoint
select guard_tenant_table('run_inquiries');
--> statement-breakpoint
grant select, insert, update, delete on run_inquiries to vibecaas_app;
