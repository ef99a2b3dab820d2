package dev.mall.saga.operator.deadletters;

import static dev.mall.runtime.Columns.texts;

import dev.mall.messaging.envelope.DeadLetter;
import dev.mall.messaging.envelope.Headers;
import dev.mall.runtime.Columns;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Stores dead letters of all services, each once. */
@Component
public class StoreDeadLetters {

  private static final String KEEP =
      """
      insert into dead_letter (
               fingerprint, message_id, order_id, type, topic, key, headers, body,
               cause, detail, dead_by, redrives, created_at)
      select fingerprint::uuid, message_id::uuid, order_id::bigint, type, topic, key,
             headers::jsonb, body, cause, detail, dead_by, redrives, created_at::timestamptz
        from unnest(:fingerprints, :messages, :orders, :types, :topics, :keys, :headers, :bodies,
                    :causes, :details, :deadBy, :redrives, :created)
             with ordinality as l (
               fingerprint, message_id, order_id, type, topic, key, headers, body,
               cause, detail, dead_by, redrives, created_at, position)
       order by position
      on conflict (fingerprint) do nothing
      """;

  private static final Instant END_OF_ERA = Instant.parse("9999-12-31T23:59:59Z");

  private final JdbcClient jdbc;
  private final JsonMapper json;

  StoreDeadLetters(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /** Keeps them all in one statement, in the caller's transaction if there is one. */
  public void keep(List<DeadLetter> letters) {
    jdbc.sql(KEEP)
        .param("fingerprints", texts(letters, StoreDeadLetters::fingerprint))
        .param("messages", texts(letters, DeadLetter::id))
        .param("orders", texts(letters, DeadLetter::orderId))
        .param("types", texts(letters, letter -> withoutNul(letter.type())))
        .param("topics", texts(letters, letter -> withoutNul(letter.topic())))
        .param("keys", texts(letters, letter -> withoutNul(letter.original().key())))
        .param("headers", texts(letters, this::headers))
        .param("bodies", Columns.bytes(letters, letter -> letter.original().body()))
        .param("causes", texts(letters, DeadLetter::cause))
        .param("details", texts(letters, letter -> withoutNul(letter.detail())))
        .param("deadBy", texts(letters, letter -> withoutNul(header(letter, Headers.DEAD_BY))))
        .param("redrives", Columns.ints(letters, StoreDeadLetters::redrives))
        .param("created", texts(letters, StoreDeadLetters::createdAt))
        .update();
  }

  /** The same for a repeat, another for the same message that died once more. */
  private static UUID fingerprint(DeadLetter letter) {
    var origin =
        String.join(
            "\n",
            letter.topic(),
            String.valueOf(letter.id()),
            String.valueOf(header(letter, Headers.DEAD_PARTITION)),
            String.valueOf(header(letter, Headers.DEAD_OFFSET)),
            String.valueOf(header(letter, Headers.DEAD_BY)));
    var name = origin.getBytes(StandardCharsets.UTF_8);
    var body = letter.original().body();
    return UUID.nameUUIDFromBytes(
        ByteBuffer.allocate(name.length + body.length).put(name).put(body).array());
  }

  private String headers(DeadLetter letter) {
    return json.writeValueAsString(letter.original().headers()).replace("\\u0000", "\\ufffd");
  }

  /** Zero if the header is not one that this system writes. */
  private static int redrives(DeadLetter letter) {
    var times = header(letter, Headers.REDRIVES);
    return times != null && times.matches("[0-9]{1,4}") ? Integer.parseInt(times) : 0;
  }

  /** Null if it is no time of our era: PostgreSQL does not read all that Java writes. */
  private static @Nullable Instant createdAt(DeadLetter letter) {
    var text = header(letter, Headers.CREATED_AT);
    try {
      var time = text == null ? Instant.MIN : Instant.parse(text);
      return time.isBefore(Instant.EPOCH) || time.isAfter(END_OF_ERA) ? null : time;
    } catch (DateTimeException _) {
      return null;
    }
  }

  private static @Nullable String header(DeadLetter letter, String name) {
    return letter.original().headers().get(name);
  }

  /** PostgreSQL stores no NUL in a text. */
  private static @Nullable String withoutNul(@Nullable String text) {
    return text == null ? null : text.replace('\0', '\ufffd');
  }
}
