package dev.mall.lab;

import dev.mall.lab.study.Effort;
import dev.mall.lab.study.Study;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;

@Tag("long")
class ServerStudiesIT extends StudyTests {

  static Stream<Study> studies() {
    return of(Effort.SERVERS);
  }
}
