ALTER TABLE "run_tasks" ADD COLUMN "reserved_cost" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "cost_max" bigint;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "worked_ms" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "worked_ms_max" bigint;--> statement-breakpoint
CREATE INDEX "usage_events_meter" ON "usage_events" USING btree ("organization_id","meter","at");