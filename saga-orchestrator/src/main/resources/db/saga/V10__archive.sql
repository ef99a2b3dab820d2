-- Where sagas that ended go, with their stories, when no repeat can come any more. The same columns,
-- always; nobody changes a row here.
create table saga_archive (like saga including constraints, primary key (order_id));
create table saga_timeline_archive (
  like saga_timeline including constraints, primary key (order_id, number)
);

-- For people, who may ask at any time.
create view saga_ever as select * from saga union all select * from saga_archive;
create view saga_timeline_ever as
  select * from saga_timeline union all select * from saga_timeline_archive;
