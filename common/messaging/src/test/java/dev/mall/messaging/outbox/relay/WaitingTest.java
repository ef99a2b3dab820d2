package dev.mall.messaging.outbox.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.messaging.outbox.Outbox.Row;
import dev.mall.messaging.outbox.relay.OutboxStore.Waiting;
import org.junit.jupiter.api.Test;

class WaitingTest {

  /** Else a scan that was cut at its bytes would look whole, and its floor might pass over rows. */
  @Test
  void measuresBytesAsTheDatabaseDoes() {
    var row = new Row("topic", "key", "{\"detail\":\"größer als €\"}", new byte[10]);

    assertThat(new Waiting(1, row).bytes()).isEqualTo(29 + 10);
  }
}
