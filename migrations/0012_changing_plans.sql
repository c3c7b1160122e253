ALTER TABLE `access_requests` ADD `replaces_id` text;--> statement-breakpoint
ALTER TABLE `access_requests` ADD `replaced_by_id` text;--> statement-breakpoint
ALTER TABLE `access_requests` ADD `limits_id` text;--> statement-breakpoint
ALTER TABLE `access_requests` ADD `wanted_credential_id` text;--> statement-breakpoint
CREATE UNIQUE INDEX `access_requests_change_once` ON `access_requests` (`replaces_id`) WHERE "access_requests"."state" = 'pending';--> statement-breakpoint
CREATE INDEX `access_requests_unreminded` ON `access_requests` (`created_at`) WHERE "access_requests"."state" = 'pending' and "access_requests"."reminded_at" is null;--> statement-breakpoint
CREATE INDEX `access_requests_plan_created` ON `access_requests` (`plan_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `access_requests_catalog_created` ON `access_requests` (`catalog_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `access_requests_plan_name` ON `access_requests` (`plan_name`,`created_at`,`id`);