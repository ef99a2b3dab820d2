package dev.mall.lab;

import dev.mall.lab.study.Effort;
import dev.mall.lab.study.Study;
import java.util.stream.Stream;

class PureStudiesTest extends StudyTests {

  static Stream<Study> studies() {
    return of(Effort.PURE);
  }
}
