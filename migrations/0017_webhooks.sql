ALTER TABLE `webhook_attempts` ADD `error` text;--> statement-breakpoint
CREATE INDEX `webhook_attempts_created` ON `webhook_attempts` (`created_at`);--> statement-breakpoint
ALTER TABLE `webhook_endpoints` ADD `organization_id` text REFERENCES organizations(id) ON DELETE CASCADE;--> statement-breakpoint
ALTER TABLE `webhook_endpoints` ADD `previous_secret_cipher` text;--> statement-breakpoint
ALTER TABLE `webhook_endpoints` ADD `previous_secret_until` integer;--> statement-breakpoint
ALTER TABLE `webhook_endpoints` ADD `all_events` integer DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE `webhook_endpoints` ADD `paused_reason` text;--> statement-breakpoint
ALTER TABLE `webhook_endpoints` ADD `failing_since` integer;--> statement-breakpoint
ALTER TABLE `webhook_endpoints` ADD `quiet_until` integer;--> statement-breakpoint
CREATE INDEX `webhook_endpoints_organization` ON `webhook_endpoints` (`organization_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `deliveries_webhook` ON `deliveries` (`recipient_key`,`created_at`,`id`) WHERE "deliveries"."channel" = 'webhook';