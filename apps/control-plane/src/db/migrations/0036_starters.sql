CREATE TABLE "starters" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"name" text NOT NULL,
	"summary" text NOT NULL,
	"category" text NOT NULL,
	"stack" text NOT NULL,
	"project_id" text NOT NULL,
	"project_name" text NOT NULL,
	"commit" text NOT NULL,
	"files" "bytea" NOT NULL,
	"files_count" integer NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE INDEX "starters_newest" ON "starters" USING btree ("organization_id","created_at" DESC NULLS LAST,"id");--> statement-breakpoint
select guard_tenant_table('starters');
--> statement-breakpoint
grant select, insert, delete on starters to vibecaas_app;
