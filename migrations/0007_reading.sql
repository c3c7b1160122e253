CREATE TABLE `api_operation_groups` (
	`document_id` text NOT NULL,
	`position` integer NOT NULL,
	`slug` text NOT NULL,
	`tag` text NOT NULL,
	`description_html` text NOT NULL,
	`first_position` integer NOT NULL,
	`operation_count` integer NOT NULL,
	PRIMARY KEY(`document_id`, `position`),
	FOREIGN KEY (`document_id`) REFERENCES `api_documents`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `api_operation_groups_slug` ON `api_operation_groups` (`document_id`,`slug`);--> statement-breakpoint
CREATE UNIQUE INDEX `api_operation_groups_tag` ON `api_operation_groups` (`document_id`,`tag`);--> statement-breakpoint
CREATE TABLE `search_entries` (
	`id` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`product_id` text NOT NULL,
	`api_id` text,
	`guide_id` text,
	`slug` text DEFAULT '' NOT NULL,
	`method` text DEFAULT '' NOT NULL,
	`title` text NOT NULL,
	`subtitle` text DEFAULT '' NOT NULL,
	`tags` text DEFAULT '' NOT NULL,
	`body` text DEFAULT '' NOT NULL,
	`draft` integer DEFAULT false NOT NULL,
	FOREIGN KEY (`product_id`) REFERENCES `products`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`api_id`) REFERENCES `apis`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`guide_id`) REFERENCES `guides`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "search_entries_kind_known" CHECK("search_entries"."kind" in ('product', 'api', 'operation', 'guide'))
);
--> statement-breakpoint
CREATE INDEX `search_entries_product` ON `search_entries` (`product_id`,`kind`);--> statement-breakpoint
CREATE INDEX `search_entries_api` ON `search_entries` (`api_id`,`kind`);--> statement-breakpoint
CREATE INDEX `search_entries_guide` ON `search_entries` (`guide_id`);--> statement-breakpoint
CREATE TABLE `search_words` (
	`word` text NOT NULL,
	`entry_id` integer NOT NULL,
	`weight` integer NOT NULL,
	PRIMARY KEY(`word`, `entry_id`),
	FOREIGN KEY (`entry_id`) REFERENCES `search_entries`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `search_words_entry` ON `search_words` (`entry_id`,`word`);--> statement-breakpoint
ALTER TABLE `api_documents` ADD `description_markdown` text DEFAULT '' NOT NULL;
--> statement-breakpoint
UPDATE `api_operations` SET `position` = x.`n` FROM (SELECT o.`document_id` AS d, o.`slug` AS s, row_number() OVER (PARTITION BY o.`document_id` ORDER BY g.`first`, o.`position`) - 1 AS n FROM `api_operations` AS o JOIN (SELECT `document_id`, `tag`, min(`position`) AS `first` FROM `api_operations` GROUP BY `document_id`, `tag`) AS g ON g.`document_id` = o.`document_id` AND g.`tag` = o.`tag`) AS x WHERE x.d = `api_operations`.`document_id` AND x.s = `api_operations`.`slug`;
--> statement-breakpoint
INSERT INTO `api_operation_groups` (`document_id`, `position`, `slug`, `tag`, `description_html`, `first_position`, `operation_count`) SELECT `document_id`, row_number() OVER (PARTITION BY `document_id` ORDER BY min(`position`)) - 1, 'group-' || row_number() OVER (PARTITION BY `document_id` ORDER BY min(`position`)), `tag`, '', min(`position`), count(*) FROM `api_operations` GROUP BY `document_id`, `tag`;
--> statement-breakpoint
CREATE TRIGGER `search_entries_added` AFTER INSERT ON `search_entries` BEGIN
	INSERT INTO `search_words` (`word`, `entry_id`, `weight`) SELECT w.`value`, new.`id`, max(t.weight) FROM (SELECT weight, replace(replace(replace(replace(replace(replace(replace(replace(text, '—', ' '), '’', ' '), '‘', ' '), '“', ' '), '”', ' '), '…', ' '), '·', ' '), ' ', ' ') AS text FROM (SELECT weight, replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(text, '+', ' '), '=', ' '), '*', ' '), '&', ' '), '%', ' '), '$', ' '), '#', ' '), '@', ' '), '~', ' '), '^', ' '), '`', ' '), '–', ' ') AS text FROM (SELECT weight, replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(text, '(', ' '), ')', ' '), '[', ' '), ']', ' '), '{', ' '), '}', ' '), '<', ' '), '>', ' '), '/', ' '), '|', ' '), '_', ' '), '-', ' ') AS text FROM (SELECT weight, replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(text, '\n', ' '), '\r', ' '), '\t', ' '), '\', ' '), '"', ' '), '.', ' '), ',', ' '), ';', ' '), ':', ' '), '!', ' '), '?', ' '), '''', ' ') AS text FROM (SELECT 8 AS weight, json_quote(lower(new.`title`)) AS text UNION ALL SELECT 5, json_quote(lower(new.`tags`)) UNION ALL SELECT 3, json_quote(lower(new.`subtitle` || ' ' || new.`method`)) UNION ALL SELECT 1, json_quote(lower(new.`body`))))))) AS t, json_each('["' || replace(trim(t.text), ' ', '","') || '"]') AS w WHERE length(w.`value`) BETWEEN 1 AND 40 GROUP BY w.`value`;
END;
--> statement-breakpoint
CREATE TRIGGER `search_entries_changed` AFTER UPDATE OF `title`, `subtitle`, `tags`, `body` ON `search_entries` BEGIN
	DELETE FROM `search_words` WHERE `entry_id` = new.`id`;
	INSERT INTO `search_words` (`word`, `entry_id`, `weight`) SELECT w.`value`, new.`id`, max(t.weight) FROM (SELECT weight, replace(replace(replace(replace(replace(replace(replace(replace(text, '—', ' '), '’', ' '), '‘', ' '), '“', ' '), '”', ' '), '…', ' '), '·', ' '), ' ', ' ') AS text FROM (SELECT weight, replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(text, '+', ' '), '=', ' '), '*', ' '), '&', ' '), '%', ' '), '$', ' '), '#', ' '), '@', ' '), '~', ' '), '^', ' '), '`', ' '), '–', ' ') AS text FROM (SELECT weight, replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(text, '(', ' '), ')', ' '), '[', ' '), ']', ' '), '{', ' '), '}', ' '), '<', ' '), '>', ' '), '/', ' '), '|', ' '), '_', ' '), '-', ' ') AS text FROM (SELECT weight, replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(text, '\n', ' '), '\r', ' '), '\t', ' '), '\', ' '), '"', ' '), '.', ' '), ',', ' '), ';', ' '), ':', ' '), '!', ' '), '?', ' '), '''', ' ') AS text FROM (SELECT 8 AS weight, json_quote(lower(new.`title`)) AS text UNION ALL SELECT 5, json_quote(lower(new.`tags`)) UNION ALL SELECT 3, json_quote(lower(new.`subtitle` || ' ' || new.`method`)) UNION ALL SELECT 1, json_quote(lower(new.`body`))))))) AS t, json_each('["' || replace(trim(t.text), ' ', '","') || '"]') AS w WHERE length(w.`value`) BETWEEN 1 AND 40 GROUP BY w.`value`;
END;
--> statement-breakpoint
INSERT INTO `search_entries` (`kind`, `product_id`, `title`, `subtitle`, `tags`, `body`) SELECT 'product', `id`, `name`, `summary`, coalesce((SELECT group_concat(`tag`, ' ') FROM `product_tags` WHERE `product_id` = `products`.`id`), ''), substr(`description_markdown`, 1, 20000) FROM `products`;
--> statement-breakpoint
INSERT INTO `search_entries` (`kind`, `product_id`, `api_id`, `title`, `subtitle`, `body`) SELECT 'api', `product_id`, `id`, `name`, `version`, coalesce((SELECT `title` FROM `api_documents` WHERE `id` = `apis`.`document_id`), '') FROM `apis`;
--> statement-breakpoint
INSERT INTO `search_entries` (`kind`, `product_id`, `api_id`, `slug`, `method`, `title`, `subtitle`, `tags`, `body`) SELECT 'operation', `apis`.`product_id`, `apis`.`id`, o.`slug`, o.`method`, o.`summary`, o.`path`, o.`tag`, o.`slug` || ' ' || coalesce(json_extract(o.`detail`, '$.operationId'), '') FROM `apis` JOIN `api_operations` AS o ON o.`document_id` = `apis`.`document_id`;
--> statement-breakpoint
INSERT INTO `search_entries` (`kind`, `product_id`, `guide_id`, `slug`, `title`, `body`, `draft`) SELECT 'guide', `product_id`, `id`, `slug`, `title`, substr(`body_markdown`, 1, 20000), `state` = 'draft' FROM `guides`;
--> statement-breakpoint
CREATE TRIGGER `products_found` AFTER INSERT ON `products` BEGIN
	INSERT INTO `search_entries` (`kind`, `product_id`, `title`, `subtitle`, `body`) VALUES ('product', new.`id`, new.`name`, new.`summary`, substr(new.`description_markdown`, 1, 20000));
END;
--> statement-breakpoint
CREATE TRIGGER `products_found_again` AFTER UPDATE OF `name`, `summary`, `description_markdown` ON `products` BEGIN
	UPDATE `search_entries` SET `title` = new.`name`, `subtitle` = new.`summary`, `body` = substr(new.`description_markdown`, 1, 20000) WHERE `product_id` = new.`id` AND `kind` = 'product';
END;
--> statement-breakpoint
CREATE TRIGGER `product_tags_found` AFTER INSERT ON `product_tags` BEGIN
	UPDATE `search_entries` SET `tags` = coalesce((SELECT group_concat(`tag`, ' ') FROM `product_tags` WHERE `product_id` = new.`product_id`), '') WHERE `product_id` = new.`product_id` AND `kind` = 'product';
END;
--> statement-breakpoint
CREATE TRIGGER `product_tags_lost` AFTER DELETE ON `product_tags` BEGIN
	UPDATE `search_entries` SET `tags` = coalesce((SELECT group_concat(`tag`, ' ') FROM `product_tags` WHERE `product_id` = old.`product_id`), '') WHERE `product_id` = old.`product_id` AND `kind` = 'product';
END;
--> statement-breakpoint
CREATE TRIGGER `apis_found` AFTER INSERT ON `apis` BEGIN
	INSERT INTO `search_entries` (`kind`, `product_id`, `api_id`, `title`, `subtitle`) VALUES ('api', new.`product_id`, new.`id`, new.`name`, new.`version`);
	INSERT INTO `search_entries` (`kind`, `product_id`, `api_id`, `slug`, `method`, `title`, `subtitle`, `tags`, `body`) SELECT 'operation', new.`product_id`, new.`id`, `slug`, `method`, `summary`, `path`, `tag`, `slug` || ' ' || coalesce(json_extract(`detail`, '$.operationId'), '') FROM `api_operations` WHERE `document_id` = new.`document_id` ORDER BY `position`;
END;
--> statement-breakpoint
CREATE TRIGGER `apis_found_again` AFTER UPDATE OF `name`, `version` ON `apis` BEGIN
	UPDATE `search_entries` SET `title` = new.`name`, `subtitle` = new.`version` WHERE `api_id` = new.`id` AND `kind` = 'api';
END;
--> statement-breakpoint
CREATE TRIGGER `apis_document_found` AFTER UPDATE OF `document_id` ON `apis` WHEN new.`document_id` IS NOT old.`document_id` BEGIN
	DELETE FROM `search_entries` WHERE `api_id` = new.`id` AND `kind` = 'operation';
	INSERT INTO `search_entries` (`kind`, `product_id`, `api_id`, `slug`, `method`, `title`, `subtitle`, `tags`, `body`) SELECT 'operation', new.`product_id`, new.`id`, `slug`, `method`, `summary`, `path`, `tag`, `slug` || ' ' || coalesce(json_extract(`detail`, '$.operationId'), '') FROM `api_operations` WHERE `document_id` = new.`document_id` ORDER BY `position`;
	UPDATE `search_entries` SET `body` = coalesce((SELECT `title` FROM `api_documents` WHERE `id` = new.`document_id`), '') WHERE `api_id` = new.`id` AND `kind` = 'api';
END;
--> statement-breakpoint
CREATE TRIGGER `guides_found` AFTER INSERT ON `guides` BEGIN
	INSERT INTO `search_entries` (`kind`, `product_id`, `guide_id`, `slug`, `title`, `body`, `draft`) VALUES ('guide', new.`product_id`, new.`id`, new.`slug`, new.`title`, substr(new.`body_markdown`, 1, 20000), new.`state` = 'draft');
END;
--> statement-breakpoint
CREATE TRIGGER `guides_found_again` AFTER UPDATE OF `slug`, `title`, `body_markdown`, `state` ON `guides` BEGIN
	UPDATE `search_entries` SET `slug` = new.`slug`, `title` = new.`title`, `body` = substr(new.`body_markdown`, 1, 20000), `draft` = (new.`state` = 'draft') WHERE `guide_id` = new.`id`;
END;
