ALTER TABLE `users` ADD `daily_mails` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
-- By hand: who had all mails once a day keeps that for each kind.
UPDATE `users` SET `daily_mails` = '["notifyRequests","notifyExpiry","notifyUsers","notifyAccess","notifyOrganizations"]' WHERE `notify_daily` = 1;
