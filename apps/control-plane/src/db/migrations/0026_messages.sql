CREATE TABLE "run_messages" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"run_id" text NOT NULL,
	"number" integer NOT NULL,
	"text" text NOT NULL,
	"sent_by_id" text NOT NULL,
	"sent_by_name" text NOT NULL,
	"sent_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "run_tasks" ADD COLUMN "messages_before" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "continues" text;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "redirect" jsonb;--> statement-breakpoint
ALTER TABLE "run_messages" ADD CONSTRAINT "run_messages_organization_id_run_id_runs_organization_id_id_fk" FOREIGN KEY ("organization_id","run_id") REFERENCES "public"."runs"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "run_messages_number" ON "run_messages" USING btree ("run_id","number");--> statement-breakpoint
select guard_tenant_table('run_messages');
--> statement-breakpoint
grant select, insert, update, delete on run_messages to vibecaas_app;
