package dev.mall.messaging.consumer.failure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailureStreakTest {

  private final ExcusedFailures excused = new ExcusedFailures();
  private final FailureStreak streak = new FailureStreak(3, excused);

  @Test
  void isSuspiciousWhenManyFailInTheSameWay() {
    streak.failed(new IllegalStateException("first"));
    streak.failed(new RuntimeException(new IllegalStateException("second")));
    assertThat(streak.isSuspicious()).isFalse();

    streak.failed(new IllegalStateException("third"));

    assertThat(streak.isSuspicious()).isTrue();
  }

  @Test
  void beginsAgainWithASuccessOrAnotherFailure() {
    streak.failed(new IllegalStateException());
    streak.failed(new IllegalStateException());
    streak.succeeded();
    streak.failed(new IllegalStateException());
    streak.failed(new IllegalStateException());
    streak.failed(new ArithmeticException());

    assertThat(streak.isSuspicious()).isFalse();
  }

  @Test
  void doesNotCountWhatAnOperatorExcused() {
    excused.set(2);

    assertThat(streak.failed(new IllegalStateException())).isTrue();
    assertThat(streak.failed(new IllegalStateException())).isTrue();
    assertThat(streak.failed(new IllegalStateException())).isFalse();
    assertThat(streak.isSuspicious()).isFalse();
  }
}
