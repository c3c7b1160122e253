ALTER TABLE `webhook_endpoints` ADD `paused_note` text;--> statement-breakpoint
ALTER TABLE `webhook_endpoints` ADD `paused_before` text;