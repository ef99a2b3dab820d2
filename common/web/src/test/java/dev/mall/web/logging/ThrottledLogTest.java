package dev.mall.web.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class ThrottledLogTest {

  @Test
  void manyEventsAreOneLine() {
    var lines = new ArrayList<Long>();
    var log = new ThrottledLog();

    for (int i = 0; i < 1_000; i++) {
      log.count(lines::add);
    }

    assertThat(lines).containsExactly(1L);
  }
}
