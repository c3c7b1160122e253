ALTER TABLE `apps` ADD `frozen_by` text;--> statement-breakpoint
-- What is frozen so far came out of a suspended organization.
UPDATE `apps` SET `frozen_by` = 'admin' WHERE `frozen_at` IS NOT NULL;--> statement-breakpoint
CREATE INDEX `apps_name` ON `apps` (`name_key`,`id`);--> statement-breakpoint
CREATE INDEX `apps_organization_name` ON `apps` (`organization_id`,`name_key`,`id`);