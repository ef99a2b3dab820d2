package dev.mall.messaging.consumer.failure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BatchLimitTest {

  private final BatchLimit limit = new BatchLimit(500);

  @Test
  void halvesDownToOneMessage() {
    for (int timeouts = 0; timeouts < 20; timeouts++) {
      limit.exceeded(limit.size());
    }

    assertThat(limit.size()).isEqualTo(1);
  }

  @Test
  void growsBackToAllMessagesWhileTheyFit() {
    limit.exceeded(3);
    assertThat(limit.size()).isEqualTo(1);

    for (int transactions = 0; transactions < 60; transactions++) {
      limit.fitted(limit.size());
    }

    assertThat(limit.size()).isEqualTo(500);
  }

  @Test
  void doesNotGrowByTransactionsThatHadRoomLeft() {
    limit.exceeded(100);

    limit.fitted(49);

    assertThat(limit.size()).isEqualTo(50);
  }

  @Test
  void isNeverRaisedByATimeout() {
    limit.exceeded(20);

    limit.exceeded(500);

    assertThat(limit.size()).isEqualTo(10);
  }
}
