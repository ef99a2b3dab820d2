-- While Kafka does not serve a topic, the relay reads the rows of every other topic by number, and
-- looks up whether a row of that topic waits before one of theirs with the same key. Without these
-- indexes it would walk over all that waits for the topic, each time.
set lock_timeout = 0; -- a concurrent build blocks no writer while it waits for older transactions
drop index concurrently if exists outbox_topic;
create index concurrently outbox_topic on outbox (topic, number);
drop index concurrently if exists outbox_key;
create index concurrently outbox_key on outbox (key, topic, number);
reset lock_timeout;
