CREATE TABLE "backups" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"project_id" text NOT NULL,
	"wanted" text DEFAULT 'present' NOT NULL,
	"state" text NOT NULL,
	"reason" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"commit" text,
	"bytes" bigint,
	"sha256" text,
	"failure" text,
	"restored_at" timestamp (3) with time zone,
	"restore_failure" text,
	"created_by_name" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"kept_at" timestamp (3) with time zone,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"due" boolean GENERATED ALWAYS AS (state = 'making' or wanted = 'gone') STORED NOT NULL,
	CONSTRAINT "backups_tenant_key" UNIQUE("organization_id","id")
);
--> statement-breakpoint
ALTER TABLE "apps" ADD COLUMN "restore_from" text;--> statement-breakpoint
ALTER TABLE "apps" ADD COLUMN "restore_asked" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "apps" ADD COLUMN "restore_done" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "apps" ADD COLUMN "restoring" text DEFAULT 'no' NOT NULL;--> statement-breakpoint
ALTER TABLE "backups" ADD CONSTRAINT "backups_organization_id_project_id_projects_organization_id_id_fk" FOREIGN KEY ("organization_id","project_id") REFERENCES "public"."projects"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "backups_project" ON "backups" USING btree ("project_id","id");--> statement-breakpoint
select guard_tenant_table('backups');
--> statement-breakpoint
select register_kind('backups', 'backup', 'backups');
--> statement-breakpoint
grant select, insert, update, delete on backups to vibecaas_app;
