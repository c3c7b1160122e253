ALTER TABLE `api_documents` ADD `draft` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `api_documents` ADD `review` text;--> statement-breakpoint
ALTER TABLE `api_documents` ADD `compared_to_id` text;--> statement-breakpoint
ALTER TABLE `catalogs` ADD `deleted_at` integer;--> statement-breakpoint
ALTER TABLE `products` ADD `deleted_at` integer;--> statement-breakpoint
CREATE INDEX `access_requests_plan` ON `access_requests` (`plan_id`,`state`);--> statement-breakpoint
CREATE INDEX `access_requests_catalog` ON `access_requests` (`catalog_id`,`state`);