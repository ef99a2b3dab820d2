select pg_sleep(2);
create table built (id int);
