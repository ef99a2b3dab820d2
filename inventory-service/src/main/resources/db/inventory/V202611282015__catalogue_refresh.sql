-- How far the catalogue has been announced again: one row, locked by the replica that announces the
-- next page.
create table catalogue_refresh (
  single boolean primary key default true check (single),
  after_sku text collate "C" not null default '',   -- the last product announced; empty: none in this pass
  announced bigint not null default 0,              -- the outbox's number of the last page's last message
  due timestamptz not null default clock_timestamp()
);
insert into catalogue_refresh default values;
